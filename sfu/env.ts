import { availableParallelism, hostname } from 'node:os';
import { z } from 'zod';
import { portNumber, readEnvironment, secret } from '../contract/environment.ts';

const schema = z.object({
  SFU_NODE_TOKEN: secret,
  SFU_NODE_ID: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'wants 1 to 40 of a-z, 0-9 and -')
    .default(
      hostname()
        .toLowerCase()
        .replace(/[^a-z0-9-]/g, '-')
        .slice(0, 40) || 'sfu',
    ),
  SFU_REGION: z
    .string()
    .regex(/^[A-Z]{2}$/, 'wants a country of the EU/EEA, two capital letters')
    .default('SE'),
  SFU_PORT: portNumber(40000), // of the first worker; each further worker takes the next
  SFU_WORKERS: z.coerce.number('wants a number of workers').int().min(1, 'wants 1 or more').max(128).default(availableParallelism()),
  SFU_LISTEN_IP: z.union([z.ipv4(), z.ipv6()], 'wants an IP address').optional(),
  SFU_ANNOUNCED_ADDRESS: z.string().min(1).optional(), // what browsers reach, when it differs
  SFU_CONTROL_HOST: z.string().default('127.0.0.1'),
  SFU_CONTROL_PORT: portNumber(3010),
  SFU_CONTROL_URL: z.url('wants a URL that the servers reach').optional(),
  SFU_SERVER_URL: z.url('wants the URL of a server').default('http://127.0.0.1:3000'),
  SFU_LEASE_MS: z.coerce.number().int().min(1000, 'wants milliseconds, 1000 or more').default(15_000),
  MEDIASOUP_WORKER_BIN: z.string().optional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'wants trace, debug, info, warn, error or silent')
    .default('info'),
});

export type SfuEnv = z.infer<typeof schema>;
export const readSfuEnv = (env: NodeJS.ProcessEnv): SfuEnv => readEnvironment(schema, env);
