import type { ContactChannel } from '../../contract/messages.ts';
import { Refusal } from '../../contract/refusal.ts';

/** @throws {Refusal} `invalid`, naming what the chosen way of hearing of visits lacks. */
export function requireReachable({ channel, email, phone }: { channel: ContactChannel; email: string | null; phone: string | null }): void {
  if (channel === 'email' && !email) throw new Refusal('invalid', 'email: is where mail would go', 'email');
  if (channel === 'sms' && !phone) throw new Refusal('invalid', 'phone: is where an SMS would go', 'phone');
}
