/** The code of one who comes by link. */
import { z } from 'zod';
import { id } from './wire.ts';

/** Shown once, to the one who made it, and handed over by them. */
export const issuedCode = z.object({
  participantId: id,
  name: z.string(),
  reference: z.string(),
  code: z.string(),
  expiresAt: z.iso.datetime(),
});
export type IssuedCode = z.infer<typeof issuedCode>;
