/** A real SMTP server that keeps what it takes, and fails as it is told. */
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { freePorts } from './ports.ts';

export type Step = 'begun' | 'come' | 'taken';
export type Mail = { raw: string; to: string; parsed: ParsedMail };

export class MailServer implements AsyncDisposable {
  readonly url: string;
  readonly mails: Mail[] = [];
  /** Addresses that are not here. */
  readonly unknown = new Set<string>();
  /** Called when somebody begins to hand a mail over; when all of it has come, before it is said to be taken; and after. */
  at: (step: Step) => void = () => undefined;
  readonly #server: SMTPServer;

  private constructor(port: number) {
    this.url = `smtp://127.0.0.1:${port}`;
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo: ({ address }, _, done) => {
        this.at('begun');
        const error = this.unknown.has(address) ? Object.assign(new Error('5.1.1 no such mailbox'), { responseCode: 550 }) : null;
        done(error);
      },
      onData: (stream, { envelope }, done) => {
        this.#take(stream, envelope.rcptTo[0]?.address ?? '').then(
          () => {
            done();
            setImmediate(() => this.at('taken'));
          },
          (error: Error) => done(error),
        );
      },
    });
    this.#server.on('error', () => undefined); // a client that went away in the middle
    this.#server.listen(port, '127.0.0.1');
  }

  static async start(): Promise<MailServer> {
    return new MailServer(await freePorts(1));
  }

  async #take(stream: NodeJS.ReadableStream, to: string): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
    const raw = Buffer.concat(chunks).toString();
    this.mails.push({ raw, to, parsed: await simpleParser(raw) });
    this.at('come');
  }

  /** Those to an address, in the order they came. */
  to(address: string): Mail[] {
    return this.mails.filter((mail) => mail.to === address);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return new Promise((resolve) => this.#server.close(resolve));
  }
}

/** The calendar entry of a mail, as a mail program reads it. */
export function calendarOf({ parsed }: Mail): string {
  const part = parsed.attachments.find(({ contentType }) => contentType === 'text/calendar' || contentType === 'application/ics');
  if (!part) throw new Error('the mail has no calendar entry');
  return part.content.toString();
}
