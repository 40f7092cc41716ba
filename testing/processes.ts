import { readdirSync, readFileSync } from 'node:fs';

type Process = { pid: number; parent: number; command: string };

/** All processes of the machine, as /proc tells. */
function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [{ pid: Number(name), parent, command }];
      } catch {
        return []; // it ended while we looked
      }
    });
}

/** The descendants of a process whose command line has this text. */
export function descendants(pid: number, text: string): number[] {
  const all = processes();
  const below = new Set([pid]);
  for (let before = 0; before !== below.size; ) {
    before = below.size;
    for (const { pid: child, parent } of all) if (below.has(parent)) below.add(child);
  }
  return all
    .filter((process) => process.pid !== pid && below.has(process.pid) && process.command.includes(text))
    .map((process) => process.pid);
}

/** Every process whose command line has this text. */
export const processesWith = (text: string): number[] =>
  processes()
    .filter(({ command }) => command.includes(text))
    .map(({ pid }) => pid);

/** CPU time of a process so far, user and system, in seconds. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100; // USER_HZ
}
