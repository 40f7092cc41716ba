/** The permission matrix as a page of the documentation, made from the policies themselves. */
import { rightNames } from '../../server/policies.ts';
import { type Cell, cells, isAllowed, type Place, type Tie, who } from './cells.ts';

const signs: [Tie, Place, string][] = [
  ['none', 'unit', 'unit'],
  ['none', 'organisation', 'organisation'],
  ['none', 'elsewhere', 'anywhere'],
  ['opened', 'organisation', 'opened'],
  ['seat', 'elsewhere', 'seat'],
  ['host', 'elsewhere', 'host'],
];

/** In short: how far it goes, and what a tie adds to that. */
function reachOf(of: Cell[]): string {
  const allowed = (tie: Tie, place: Place): boolean => of.some((cell) => cell.tie === tie && cell.place === place && isAllowed(cell));
  const reach = signs
    .filter(([tie, place]) => allowed(tie, place) && (tie === 'none' || !allowed('none', place)))
    .map(([, , sign]) => sign);
  const covered: Record<string, string> = { unit: 'organisation', organisation: 'anywhere', host: 'seat' };
  return reach.filter((sign) => !reach.includes(covered[sign] ?? '')).join(', ');
}

/** A table whose columns are as wide as their widest cell. */
function tableOf(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[], fill = ' '): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [
    line(head),
    line(
      head.map(() => ''),
      '-',
    ),
    ...body.map((row) => line(row)),
  ].join('\n');
}

export function permissionPage(): string {
  const rows = rightNames.map((right) => [
    `\`${right}\``,
    ...who.map((one) => reachOf(cells.filter((cell) => cell.right === right && cell.who === one)) || '·'),
  ]);
  return `# Who may do what

Made from the policies by \`node testing/permissions/write.ts\`; a test fails when it is not as they are.

How far each right reaches, for somebody who acts by that assignment: **unit**, what belongs to the unit of the assignment (a
patient with a care relation there, a visit held by it); **organisation**, to any unit of the same care provider; **anywhere**,
wherever; **opened**, a patient of the organisation whom they have opened with a reason, for a day; **seat**, a visit that they
have been asked to, by an assignment anywhere; **host**, one that they lead. A dot: not at all. What is not named is refused.

${tableOf([['right', ...who], ...rows])}
`;
}
