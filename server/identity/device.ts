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
