/** Firefox ESR, driven over WebDriver BiDi: as much of it as a visit takes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureProgram } from './packages.ts';
import { SoundCard } from './SoundCard.ts';

const startsWithinMs = 30_000;

/** Gets Firefox where there is none. @throws {Hindrance} saying what to install. */
export const ensureFirefox = (): Promise<string> =>
  ensureProgram(
    ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
    'firefox-esr',
    'The test of a visit between two browsers needs Firefox',
  );

const preferences = {
  'media.navigator.permission.disabled': true,
  'media.navigator.streams.fake': true,
  'media.peerconnection.ice.loopback': true, // the SFU of the tests is on this machine
  'media.peerconnection.ice.obfuscate_host_addresses': false, // nobody answers for mDNS names here
  'permissions.default.camera': 1, // without leave to use them, only the default route's address is tried
  'permissions.default.microphone': 1,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  'media.autoplay.block-webaudio': false, // the tone of a drawn microphone
  'datareporting.policy.dataSubmissionEnabled': false,
  'intl.accept_languages': 'sv-SE',
};

type Answer = { id?: number; type: string; result?: unknown; error?: string; message?: string };

/** One page of one Firefox. */
export class Firefox implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #soundCard: SoundCard;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #context = '';
  #last = 0;

  private constructor(child: ChildProcess, profile: string, soundCard: SoundCard, socket: WebSocket) {
    this.#child = child;
    this.#profile = profile;
    this.#soundCard = soundCard;
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const answer = JSON.parse(String(data)) as Answer;
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
    });
  }

  static async launch(): Promise<Firefox> {
    const program = await ensureFirefox();
    const profile = await mkdtemp(join(tmpdir(), 'samrum-firefox-'));
    const lines = Object.entries(preferences).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
    await writeFile(join(profile, 'user.js'), lines.join(''));
    const soundCard = await SoundCard.plugIn();
    const child = spawn(program, ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...soundCard.env },
    });
    const socket = new WebSocket(`${await addressSaidBy(child)}/session`);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', reject);
    });
    const firefox = new Firefox(child, profile, soundCard, socket);
    await firefox.#command('session.new', { capabilities: {} });
    const { contexts } = (await firefox.#command('browsingContext.getTree', {})) as { contexts: { context: string }[] };
    firefox.#context = contexts[0]?.context ?? '';
    return firefox;
  }

  /** Runs a function in every page before its own scripts. */
  async before<A>(script: (argument: A) => void, argument: A): Promise<void> {
    const functionDeclaration = `() => { (${script})(${JSON.stringify(argument)}); }`;
    await this.#command('script.addPreloadScript', { functionDeclaration });
  }

  async goto(url: string): Promise<void> {
    await this.#command('browsingContext.navigate', { context: this.#context, url, wait: 'complete' });
  }

  /** Runs a function on the first element that the selector finds. @returns null if there is none. */
  on<A, R>(selector: string, script: (element: Element, argument: A) => R | Promise<R>, argument: A): Promise<R | null> {
    const found = `document.querySelector(${JSON.stringify(selector)})`;
    return this.evaluate(
      `(async () => { const found = ${found}; return found ? (${script})(found, ${JSON.stringify(argument)}) : null; })()`,
    );
  }

  async evaluate<R>(expression: string): Promise<R> {
    const answer = (await this.#command('script.evaluate', {
      expression: `(async () => JSON.stringify(await (${expression})))()`,
      target: { context: this.#context },
      awaitPromise: true,
    })) as { type: string; result?: { value?: string }; exceptionDetails?: { text: string } };
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text ?? 'the page threw');
    return JSON.parse(answer.result?.value ?? 'null') as R;
  }

  async screenshot(): Promise<Buffer> {
    const { data } = (await this.#command('browsingContext.captureScreenshot', { context: this.#context })) as { data: string };
    return Buffer.from(data, 'base64');
  }

  #command(method: string, params: object): Promise<unknown> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ type, result, error, message }) => {
        this.#waiting.delete(id);
        if (type === 'success') resolve(result);
        else reject(new Error(`${method}: ${error}: ${message}`));
      });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#socket.close();
    this.#child.kill('SIGTERM');
    await ended;
    await this.#soundCard[Symbol.asyncDispose]();
    await rm(this.#profile, { recursive: true, force: true });
  }
}

function addressSaidBy(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(() => reject(new Error(`Firefox did not say where it listens; it said: ${said}`)), startsWithinMs);
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said)?.[1];
      if (!address) return;
      clearTimeout(late);
      resolve(address);
    });
  });
}
