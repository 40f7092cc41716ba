import { demoPassword, demoStaff, demoVisits } from '../server/demo/people.ts';

/** What the person who started it needs to know next. */
export function announce(address: string, demo: boolean, notes: string[]): string {
  const lines = ['', `  Samrum is running:  ${address}`, ''];
  if (demo) {
    lines.push('  The demo, with synthetic people only. Log in with', '');
    for (const { username, role, place } of demoStaff) lines.push(`    ${username.padEnd(24)} ${demoPassword}    ${role}, ${place}`);
    lines.push('', '  or come as a relative, with the link and its code:', '');
    for (const { patientName, relative } of demoVisits)
      lines.push(`    ${address}/join/${relative.reference}  ${relative.code}  relative of ${patientName}`);
    lines.push('');
  }
  for (const note of notes) lines.push(`  ${note}`);
  lines.push('  Stop with Ctrl-C.', '');
  return lines.join('\n');
}
