/** How our programs begin and end. */

/** Something the person who starts the program can mend; its message says how, in one line. */
export class Hindrance extends Error {}

/** Runs a program's beginning; a hindrance is said in one line, anything else with its stack. */
export async function begin(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${wordsFor(error)}\n`);
    process.exit(1);
  }
}

function wordsFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof Hindrance) return error.message;
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port ?? ''} is in use: stop the program that has it, or choose another port.`;
  if (code === 'ENOSPC') return 'The disk is full: free some space and start again.';
  return error.stack ?? error.message;
}

/**
 * Runs `stop` once and then ends the process. Under a supervisor (an IPC channel) Ctrl-C is left to it: the terminal
 * sends that to every process at once, and the order of stopping is the supervisor's.
 *
 * @param giveUpAfterMs - then the process ends all the same.
 */
export function whenToldToStop(stop: () => Promise<void>, giveUpAfterMs = 8_000): void {
  let stopping = false;
  const once = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), giveUpAfterMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', once);
  process.on('SIGINT', process.send ? () => undefined : once);
  process.on('disconnect', once);
}
