import { demoDay } from '../server/demo/day.ts';
import { demoPassword, demoStaff } from '../server/demo/staff.ts';

/** What the person who started it needs to know next. */
export function announce(address: string, demo: boolean, notes: string[]): string {
  const lines = ['', `  Samrum is running:  ${address}`, ''];
  if (demo) {
    lines.push(`  The demo, with synthetic people only. The password of all is  ${demoPassword}`, '');
    for (const { username, place, operator, assignments } of demoStaff) {
      const roles = [...new Set(assignments.map(({ role }) => role)), ...(operator ? ['operator: adds organisations'] : [])];
      lines.push(`    ${username.padEnd(24)} ${roles.join(', ')}, ${place}`);
    }
    lines.push(`    ${'patient.tallmo'.padEnd(24)} the page of a patient`, '', '  Or come by link; a code works once:', '');
    for (const { patient, own, relatives = [] } of demoDay) {
      const links = [...(own ? [{ ...own, who: 'patient' }] : []), ...relatives.map((one) => ({ ...one, who: one.key }))];
      for (const { reference, code, who } of links) lines.push(`    ${address}/join/${reference}  ${code}  ${who}, visit of ${patient}`);
    }
    lines.push('');
  }
  for (const note of notes) lines.push(`  ${note}`);
  lines.push('  Stop with Ctrl-C.', '');
  return lines.join('\n');
}
