import { randomUUID } from 'node:crypto';

const name = 'samrum_device';
const year = 365 * 24 * 3_600; // s

/** A number that a browser carries, so that its failed attempts are counted apart from those of others at its address. */
export function deviceOf(cookieHeader: string | undefined): string | null {
  return new RegExp(`(?:^|;\\s*)${name}=([0-9a-f-]{36})(?:;|$)`).exec(cookieHeader ?? '')?.[1] ?? null;
}

/** @returns a new number and its `Set-Cookie`. */
export function newDevice(secure: boolean): { device: string; cookie: string } {
  const device = randomUUID();
  return { device, cookie: `${name}=${device}; Path=/; Max-Age=${year}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}` };
}

const browsers: [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const systems: [RegExp, string][] = [
  [/iPad|iPhone/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** "Firefox, Android": enough to tell one's devices apart, and no more of what a browser says of itself. */
export function browserOf(userAgent: string | undefined): string | null {
  const known = (list: [RegExp, string][]): string | undefined => list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1];
  return [known(browsers), known(systems)].filter(Boolean).join(', ') || null;
}
