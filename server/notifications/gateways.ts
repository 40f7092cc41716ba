/** The ways out: a mail server, an SMS gateway. */
import { createTransport } from 'nodemailer';
import type { DeliveryFailure } from '../../contract/messages.ts';
import type { messages } from '../../drizzle/schema/index.ts';
import type { ServerEnv } from '../env.ts';

export type Message = typeof messages.$inferSelect;
export type Gateways = { send: (message: Message) => Promise<void>; close: () => void };

/** The other end will not take this message, however often it is sent. */
export class Undeliverable extends Error {
  readonly failure: DeliveryFailure;

  constructor(failure: DeliveryFailure) {
    super(failure);
    this.failure = failure;
  }
}

type Env = Pick<ServerEnv, 'SMTP_URL' | 'MAIL_FROM' | 'PUBLIC_URL' | 'SMS_URL' | 'SMS_TOKEN' | 'SMS_FROM' | 'DEMO'>;

/** In the demo what has no way out stays in the outbox, and counts as sent. */
export function openGateways(env: Env): Gateways {
  const mail = env.SMTP_URL ? mailServer(env.SMTP_URL, env) : null;
  const sms = env.SMS_URL ? smsGateway(env.SMS_URL, env) : null;
  return {
    send: async (message) => {
      const way = { email: mail?.send, sms, letter: null }[message.channel];
      if (way) await way(message);
      else if (env.DEMO !== '1') throw new Undeliverable('noGateway');
    },
    close: () => mail?.close(),
  };
}

const patienceMs = 20_000;
/** A mailbox that is not there (RFC 5321 4.2.3, RFC 3463 X.1.1). */
const noMailbox = [550, 551, 553];

/** What is sent again is the same to the letter: its number, its date and the seams between its parts are the message's own. */
function mailServer(url: string, { MAIL_FROM: from, PUBLIC_URL = '' }: Env) {
  const transport = createTransport({ url, connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs });
  const host = PUBLIC_URL === '' ? 'localhost' : new URL(PUBLIC_URL).hostname;
  const send = async ({ id, address, subject, body, calendar, purpose, filedAt }: Message): Promise<void> => {
    const method = purpose === 'cancellation' ? 'CANCEL' : 'REQUEST';
    const mail = {
      from: { name: 'Samrum', address: from },
      to: { name: '', address },
      subject,
      text: body,
      messageId: `<${id}@${host}>`,
      date: filedAt,
      baseBoundary: id,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(calendar === '' ? {} : { icalEvent: { method, filename: 'visit.ics', content: calendar } }),
    };
    try {
      await transport.sendMail(mail);
    } catch (error) {
      const code = typeof error === 'object' && error !== null && 'responseCode' in error ? Number(error.responseCode) : 0;
      if (code >= 500) throw new Undeliverable(noMailbox.includes(code) ? 'bounced' : 'refused');
      throw new Error(`the mail server took no mail (${code || 'no answer'})`); // its own words may name the recipient
    }
  };
  return { send, close: () => transport.close() };
}

/** POSTs JSON `{ id, from, to, text }` with a bearer token; the id is the same when it is sent again. */
function smsGateway(url: string, { SMS_TOKEN, SMS_FROM: from }: Env) {
  return async ({ id, address: to, body: text }: Message): Promise<void> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': id,
        ...(SMS_TOKEN ? { authorization: `Bearer ${SMS_TOKEN}` } : {}),
      },
      body: JSON.stringify({ id, from, to, text }),
      signal: AbortSignal.timeout(patienceMs),
    });
    await response.body?.cancel();
    if (response.status === 404 || response.status === 410 || response.status === 422) throw new Undeliverable('bounced');
    if (response.status >= 400 && response.status < 500 && response.status !== 429) throw new Undeliverable('refused');
    if (!response.ok) throw new Error(`the gateway took no SMS (${response.status})`);
  };
}
