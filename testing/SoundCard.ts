/** Loudspeakers for a machine without: Firefox decodes sound only if it can play it. A PulseAudio of our own, with nothing behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureProgram } from './packages.ts';
import { answers } from './ports.ts';
import { until } from './TestApp.ts';

const isNeeded = process.platform === 'linux';

/** Gets PulseAudio where it is needed and missing. @throws {Hindrance} saying what to install. */
export async function ensureSoundCard(): Promise<string | null> {
  if (!isNeeded) return null;
  return ensureProgram(['/usr/bin/pulseaudio'], 'pulseaudio', 'The test of a visit between two browsers needs PulseAudio');
}

export class SoundCard implements AsyncDisposable {
  /** For a program that shall play through it. */
  readonly env: Record<string, string>;
  readonly #child: ChildProcess | null;
  readonly #folder: string;

  private constructor(child: ChildProcess | null, folder: string, env: Record<string, string>) {
    this.#child = child;
    this.#folder = folder;
    this.env = env;
  }

  static async plugIn(): Promise<SoundCard> {
    const program = await ensureSoundCard();
    const folder = await mkdtemp(join(tmpdir(), 'samrum-sound-'));
    if (!program) return new SoundCard(null, folder, {});
    const socket = join(folder, 'socket');
    const modules = [`module-native-protocol-unix socket=${socket} auth-anonymous=1`, 'module-null-sink'];
    const options = ['-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no', '--disable-shm=yes'];
    const child = spawn(program, [...options, ...modules.flatMap((module) => ['-L', module])], {
      stdio: 'ignore',
      env: { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder, PULSE_RUNTIME_PATH: folder },
    });
    await until(() => answers({ path: socket }));
    return new SoundCard(child, folder, { PULSE_SERVER: `unix:${socket}` });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child) {
      const ended = new Promise((resolve) => this.#child?.once('exit', resolve));
      this.#child.kill('SIGTERM');
      await ended;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}
