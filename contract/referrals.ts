/** A specialist joins a visit for a question, and answers it. */
import { z } from 'zod';
import { staffRoles, version } from './units.ts';
import { id, prose } from './wire.ts';

const longestQuestion = 2_000;
const longestAnswer = 8_000;

export const question = prose(longestQuestion).min(1, 'is empty');

const person = z.object({ name: z.string().nullable(), role: z.enum(staffRoles).nullable(), place: z.string() });

export const referral = z.object({
  id,
  participantId: id, // the seat of the specialist
  to: person,
  question: z.string(),
  askedBy: person,
  askedAt: z.iso.datetime(),
  answer: z.string(),
  answeredAt: z.iso.datetime().nullable(),
  version,
  mine: z.boolean(), // to answer
});
export type Referral = z.infer<typeof referral>;

export const referralRoutes = {
  'GET /api/visits/:visitId/referrals': {
    summary: 'What specialists were asked in a visit, and what they answered',
    params: z.object({ visitId: id }),
    reply: z.array(referral),
  },
  'PUT /api/referrals/:referralId/answer': {
    summary: 'Answers what one was asked; it may be put right until the visit is done',
    params: z.object({ referralId: id }),
    body: z.object({ answer: prose(longestAnswer).min(1, 'is empty'), basedOn: version }),
    reply: referral,
  },
} as const;
