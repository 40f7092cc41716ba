/** Which times suit those whose calendars are not shared. */
import { z } from 'zod';
import { visitMinutes } from './scheduling.ts';
import { email, id, nothing, words } from './wire.ts';

export const pollAnswers = ['yes', 'maybe', 'no'] as const;
export const pollAnswer = z.enum(pollAnswers);
export type PollAnswer = z.infer<typeof pollAnswer>;

/** Close to the patient, a colleague anywhere, or somebody of an organisation that is not here. */
export const pollInvitee = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('relative'), relativeId: id }),
  z.object({ kind: z.literal('staff'), userId: id }),
  z.object({ kind: z.literal('other'), name: words(120), email: email.nullable() }),
]);
export type PollInvitee = z.infer<typeof pollInvitee>;

const instant = z.iso.datetime();

export const pollView = z.object({
  visitId: id,
  minutes: z.number().int(),
  open: z.boolean(),
  options: z.array(z.object({ id, startsAt: instant })),
  invitees: z.array(
    z.object({ id, name: z.string(), answeredAt: instant.nullable(), answers: z.record(id, pollAnswer) }), // by option
  ),
});
export type PollView = z.infer<typeof pollView>;

/** As somebody sees it who was asked: times, and nothing of whom it is about. */
export const ownPoll = z.object({
  unitName: z.string().nullable(), // null: it says too much
  phone: z.string(),
  name: z.string(), // of whoever is asked
  minutes: z.number().int(),
  open: z.boolean(),
  options: z.array(z.object({ id, startsAt: instant, answer: pollAnswer.nullable() })),
});
export type OwnPoll = z.infer<typeof ownPoll>;

const secret = z.string().min(20).max(80);
const ofVisit = z.object({ visitId: id });

export const pollRoutes = {
  'POST /api/polls': {
    summary: 'Asks several which times suit them; who has no mail gets their link from whoever asked',
    body: z.object({
      visitId: id, // of the visit to come: a request of the patient’s, or a new one
      unitId: id,
      patientId: id,
      minutes: visitMinutes,
      options: z.array(instant).min(2, 'offers fewer than 2').max(20, 'offers more than 20'),
      invitees: z.array(pollInvitee).min(1, 'asks nobody').max(30, 'asks more than 30'),
    }),
    reply: z.object({ links: z.array(z.object({ name: z.string(), path: z.string() })) }),
  },
  'GET /api/visits/:visitId/poll': {
    summary: 'What was answered so far; null: nobody was asked',
    params: ofVisit,
    reply: pollView.nullable(),
  },
  'POST /api/visits/:visitId/poll/close': { summary: 'Nobody answers any more', params: ofVisit, reply: nothing },
  'POST /api/times': {
    access: 'public',
    summary: 'What one is asked, by the secret of the own link',
    body: z.object({ secret }),
    reply: ownPoll,
  },
  'PUT /api/times': {
    access: 'public',
    summary: 'Which times suit; in the place of what was said before',
    body: z.object({ secret, answers: z.array(z.object({ optionId: id, answer: pollAnswer })).max(20) }),
    reply: ownPoll,
  },
} as const;
