/** A real relay, coturn, speaking TURN over TLS; whoever has the secret lets browsers in for a time. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureProgram } from '../packages.ts';
import { answers, freePorts } from '../ports.ts';
import { until } from '../TestApp.ts';
import { testCertificate, testKey } from '../tls.ts';

const relayPortCount = 20;

/** Gets coturn where there is none. @throws {Hindrance} saying what to install. */
export const ensureRelay = (): Promise<string> =>
  ensureProgram(['/usr/bin/turnserver'], 'coturn', 'The tests of a network that lets only 443 through need coturn');

export class Relay implements AsyncDisposable {
  readonly secret = randomUUID();
  readonly url: string;
  readonly relayPorts: { first: number; last: number };
  #child: ChildProcess | null = null;
  readonly #folder: string;

  private constructor(port: number, relayPorts: { first: number; last: number }, folder: string) {
    this.url = `turns:samrum.test:${port}?transport=tcp`;
    this.relayPorts = relayPorts;
    this.#folder = folder;
  }

  static async start(): Promise<Relay> {
    const program = await ensureRelay();
    const port = await freePorts(relayPortCount + 1);
    const relayPorts = { first: port + 1, last: port + relayPortCount };
    const folder = await mkdtemp(join(tmpdir(), 'samrum-relay-'));
    await writeFile(join(folder, 'certificate.pem'), testCertificate);
    await writeFile(join(folder, 'key.pem'), testKey);
    const relay = new Relay(port, relayPorts, folder);
    await writeFile(join(folder, 'turnserver.conf'), relay.#configuration(port));
    relay.#child = spawn(program, ['-c', join(folder, 'turnserver.conf'), '--log-file', join(folder, 'log')], { stdio: 'ignore' });
    await until(() => answers({ port, host: '127.0.0.1' }));
    return relay;
  }

  /** As `deploy/turnserver.conf`, for loopback. */
  #configuration(port: number): string {
    return [
      `tls-listening-port=${port}`,
      'listening-ip=127.0.0.1',
      'relay-ip=127.0.0.1',
      `min-port=${this.relayPorts.first}`,
      `max-port=${this.relayPorts.last}`,
      'no-udp',
      'no-tcp',
      'no-dtls',
      'no-cli',
      'allow-loopback-peers',
      'use-auth-secret',
      `static-auth-secret=${this.secret}`,
      'realm=samrum.test',
      `cert=${join(this.#folder, 'certificate.pem')}`,
      `pkey=${join(this.#folder, 'key.pem')}`,
      `pidfile=${join(this.#folder, 'pid')}`,
      `userdb=${join(this.#folder, 'users')}`,
      'verbose',
      '',
    ].join('\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child?.kill('SIGKILL');
    await rm(this.#folder, { recursive: true, force: true });
  }
}
