import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { Hindrance } from '../contract/process.ts';
import { root } from './env.ts';

/** One that has run so long may be restarted at once when it ends, ms. */
const steadyMs = 10_000;
const longestPauseMs = 5_000;
const stopWithinMs = 10_000;

type Options = { name: string; file: string; env: NodeJS.ProcessEnv; output: 'inherit' | number };

/** A program of ours that is started anew whenever it ends by itself. */
export class Supervised {
  readonly #options: Options;
  #child: ChildProcess | undefined;
  #stopping = false;
  #pauseMs = 100;

  private constructor(options: Options) {
    this.#options = options;
  }

  /** @throws {Hindrance} if it ends before it says that it is ready; why stands on stderr. */
  static async start(options: Options): Promise<Supervised> {
    const program = new Supervised(options);
    await program.#run();
    return program;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Asks it to end in its own order; what does not end in time is ended. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
    await ended;
    clearTimeout(timer);
  }

  #run(): Promise<void> {
    const { name, file, env, output } = this.#options;
    const child = spawn(process.execPath, [join(root, file)], { cwd: root, env, stdio: ['ignore', output, 'inherit', 'ipc'] });
    this.#child = child;
    const startedAt = Date.now();
    return new Promise((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        reject(new Hindrance(`The ${name} did not start; the line above says why.`)); // of no effect once it was ready
        if (this.#stopping) return;
        if (Date.now() - startedAt > steadyMs) this.#pauseMs = 100;
        if (this.#ready) process.stderr.write(`The ${name} ended (${signal ?? code}); it is started again.\n`);
        if (this.#ready) setTimeout(() => this.#again(), this.#pauseMs);
        this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
      });
      child.once('message', () => {
        this.#ready = true;
      });
    });
  }

  #ready = false;

  #again(): void {
    if (this.#stopping) return;
    this.#run().catch(() => undefined); // its exit has already scheduled the next try
  }
}
