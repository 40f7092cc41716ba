import { type SpawnOptions, spawn } from 'node:child_process';

export type Ran = { status: number; output: string };

/** Runs a command to its end and returns what it printed, both streams together. A command that is not there has status 127. */
export function run(command: string, args: string[], options: SpawnOptions = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => resolve({ status: 127, output: error.message }));
    child.on('close', (status) => resolve({ status: status ?? 1, output }));
  });
}

/** The last lines of what a command printed, for a message. */
export const tail = (output: string, lines = 3): string => output.trim().split('\n').slice(-lines).join(' · ');

/** Says what takes long, with a dot every few seconds so that nobody thinks it hangs. */
export async function withProgress<T>(what: string, task: () => Promise<T>): Promise<T> {
  process.stdout.write(`${what} …`);
  const timer = setInterval(() => process.stdout.write('.'), 5_000);
  const startedAt = Date.now();
  try {
    const result = await task();
    process.stdout.write(` done (${Math.round((Date.now() - startedAt) / 1000)} s)\n`);
    return result;
  } catch (error) {
    process.stdout.write(' failed\n');
    throw error;
  } finally {
    clearInterval(timer);
  }
}
