/** Ending in order: a program stops when asked by signal, or when whoever started it has gone. */

const giveUpAfterMs = 8_000;

/**
 * Runs `stop` once and then ends the process. Under a supervisor (an IPC channel) Ctrl-C is left to it: the terminal
 * sends that to every process at once, and the order of stopping is the supervisor's.
 */
export function whenToldToStop(stop: () => Promise<void>): void {
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
