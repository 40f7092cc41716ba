/** What the programs under test have logged, kept for the whole run, and looked through for what must not be there. */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../launch/env.ts';
import { readNumber } from '../server/people/numbers.ts';

const variable = 'TEST_LOG_DIR';

/** Where this run's logs are kept; null where nobody looks through them. */
export const logFolder = (): string | null => process.env[variable] ?? null;

/** From here on every program that a test starts keeps its log. */
export function keepLogs(): string {
  const folder = join(root, 'test-results-logs', String(process.pid));
  mkdirSync(folder, { recursive: true });
  process.env[variable] = folder;
  return folder;
}

export function keepLog(name: string, text: string): void {
  const folder = logFolder();
  if (folder && text) appendFileSync(join(folder, `${name}.log`), text);
}

/** People of the tests and of the demo are all called "Test" or "Prov" something. */
const names = /\b(Test|Prov) (?!SF\b)[A-ZÅÄÖ][a-zåäöé]+/;
const others: [RegExp, string][] = [
  [names, 'a name'],
  [/Provvägen|Grannvägen|Portkod/, 'an address'],
  [/\+46980319\d{3}/, 'a telephone number'],
  [/\beyJ[\w-]{10,}\.[\w-]{10,}/, 'a token'],
  [/\$argon2id\$/, 'a password’s hash'],
  [/\bv=0\\r\\n|\ba=fingerprint:/, 'SDP'],
  [/samrum_session=\w/, 'a session'],
];

/** What a line says of people that no log may say; empty if nothing. */
export function saidOf(line: string): string[] {
  const found = others.filter(([pattern]) => pattern.test(line)).map(([, what]) => what);
  const digits = line.match(/(?<![\w.-])(\d{6}|\d{8})[-+]?\d{4}(?![\w.-])/g) ?? [];
  if (digits.some((one) => readNumber(one) !== null)) found.push('a personal number');
  return found;
}

/** Lines that say what they must not, with their file; and how many lines were looked at. */
export function lookThrough(folder: string): { lines: number; found: string[] } {
  let lines = 0;
  const found: string[] = [];
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean)) {
      lines += 1;
      const said = saidOf(line);
      if (said.length > 0) found.push(`${file}: ${said.join(', ')}: ${line.slice(0, 400)}`);
    }
  }
  return { lines, found };
}
