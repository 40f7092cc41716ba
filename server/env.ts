import { z } from 'zod';
import { portNumber, readEnvironment, secret } from '../contract/environment.ts';

const schema = z
  .object({
    DATABASE_URL: z
      .string('wants a URL such as postgres://user:password@host:5432/samrum')
      .regex(/^postgres(ql)?:\/\//, 'wants a URL such as postgres://user:password@host:5432/samrum'),
    SFU_NODE_TOKEN: secret,
    SECRET: secret, // keys what is hashed or signed; the same on every server of an installation
    AUDIT_KEY: secret, // signs the access log; the same on every server, and for as long as the log is to be verified
    DATA_KEYS: z.string().optional(), // keys of what lies encrypted, or...
    DATA_KEYS_FILE: z.string().optional(), // ...the file that holds them
    HOST: z.string().default('127.0.0.1'),
    PORT: portNumber(3000),
    TLS_CERT: z.string('wants the path of a PEM file').optional(),
    TLS_KEY: z.string('wants the path of a PEM file').optional(),
    TRUST_PROXY: z
      .string()
      .regex(/^[\d.:a-fA-F/, ]+$|^loopback$/, 'wants the addresses of the proxies, comma separated, or loopback')
      .optional(),
    SERVER_ID: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, 'wants 1 to 40 of a-z, 0-9 and -')
      .default('server'),
    REGIONS: z
      .string()
      .default('SE')
      .transform((text) => text.split(/[\s,]+/))
      .pipe(z.array(z.string().regex(/^[A-Z]{2}$/, 'wants countries of the EU/EEA, such as SE,FI'))),
    TURN_URLS: z
      .string()
      .transform((text) => text.split(/[\s,]+/).filter(Boolean))
      .pipe(z.array(z.string().regex(/^turns?:[^\s]+$/, 'wants URLs such as turns:turn.example.se:443?transport=tcp')))
      .optional(),
    TURN_SECRET: z.string().min(16, 'wants 16 characters or more: the static-auth-secret of the relay').optional(),
    PUBLIC_URL: z
      .url({ protocol: /^https?$/, error: 'wants the address that people use, such as https://samrum.example.se' })
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
    SMTP_URL: z
      .string()
      .regex(/^smtps?:\/\//, 'wants a URL such as smtps://user:password@mail.example.se')
      .optional(),
    MAIL_FROM: z.email('wants an address such as samrum@example.se').default('samrum@localhost.localdomain'),
    SMS_URL: z.url({ protocol: /^https?$/, error: 'wants the address of the gateway' }).optional(),
    SMS_TOKEN: z.string().optional(),
    SMS_FROM: z
      .string()
      .regex(/^([A-Za-z0-9 ]{3,11}|\+\d{6,15})$/, 'wants 3 to 11 letters and digits, or a number such as +46700000000')
      .default('Samrum'),
    SOCKET_PING_MS: z.coerce.number('wants milliseconds').int().min(1_000, 'wants milliseconds, 1000 or more').default(5_000),
    SOCKET_GONE_MS: z.coerce.number('wants milliseconds').int().min(1_000, 'wants milliseconds, 1000 or more').default(10_000),
    SEAT_KEPT_MS: z.coerce.number('wants milliseconds').int().min(1_000, 'wants milliseconds, 1000 or more').default(120_000),
    DEMO: z.enum(['1', '0'], 'wants 1 or 0').default('0'), // set by the launcher for its own database only
    CLIENT_DIR: z.string().optional(),
    LOG_FILE: z.string().optional(), // else standard output
    LOG_LEVEL: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'wants trace, debug, info, warn, error or silent')
      .default('info'),
  })
  .refine(({ TLS_CERT, TLS_KEY }) => (TLS_CERT === undefined) === (TLS_KEY === undefined), {
    path: ['TLS_CERT'],
    message: 'wants TLS_KEY beside it (and TLS_KEY wants TLS_CERT)',
  })
  .refine(({ DATA_KEYS, DATA_KEYS_FILE }) => DATA_KEYS !== undefined || DATA_KEYS_FILE !== undefined, {
    path: ['DATA_KEYS_FILE'],
    message: 'wants the path of the keys of what lies encrypted (or DATA_KEYS their text)',
  })
  .refine(({ SMTP_URL, SMS_URL, PUBLIC_URL }) => PUBLIC_URL !== undefined || (SMTP_URL === undefined && SMS_URL === undefined), {
    path: ['PUBLIC_URL'],
    message: 'wants the address that people use: it stands in mail and SMS',
  })
  .refine(({ TURN_URLS, TURN_SECRET }) => (TURN_URLS === undefined) === (TURN_SECRET === undefined), {
    path: ['TURN_URLS'],
    message: 'wants TURN_SECRET beside it (and TURN_SECRET wants TURN_URLS)',
  });

export type ServerEnv = z.infer<typeof schema>;
export const readServerEnv = (env: NodeJS.ProcessEnv): ServerEnv => readEnvironment(schema, env);
