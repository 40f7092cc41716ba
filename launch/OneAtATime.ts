import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hindrance } from '../contract/process.ts';

/** Marks a data folder as in use, so that two launchers do not share a database that one of them stops. */
export class OneAtATime {
  readonly #file: string;
  /** Whoever had the folder before was killed; its programs may still be on their way out. */
  readonly afterKill: boolean;

  /** @throws {Hindrance} if another launcher runs on this folder. */
  constructor(folder: string) {
    this.#file = join(folder, 'running.pid');
    this.afterKill = existsSync(this.#file);
    if (this.afterKill) {
      const pid = Number(readFileSync(this.#file, 'utf8'));
      if (isLauncher(pid))
        throw new Hindrance(`Samrum already runs on ${folder} (process ${pid}): stop that one, or choose another DATA_DIR and ports.`);
    }
    writeFileSync(this.#file, String(process.pid));
  }

  release(): void {
    rmSync(this.#file, { force: true });
  }
}

function isLauncher(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const commandLine = `/proc/${pid}/cmdline`; // the number may have gone to another program since
  return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes('launch/main.ts');
}
