/** The principals of a plan: who they are, how they are summoned, and what they answered. */
import { z } from 'zod';
import { channels, partyKinds, principalKinds, stances } from './planKinds.ts';
import { area } from './planParts.ts';
import { date, email, id, phone, prose, words } from './wire.ts';

export const partyKind = z.enum(partyKinds);
export type PartyKind = z.infer<typeof partyKind>;

export const channel = z.enum(channels);

/** A unit of a principal in the directory that plans are made with. */
export const directoryUnit = z
  .object({
    principal: words(120), // the municipality, the region, the authority
    name: words(120),
    kind: z.enum(principalKinds),
    channel,
    system: words(80).nullable(), // its name, where it is summoned by one
    unitId: id.nullable(), // where it works in Samrum
    email: email.nullable(),
    phone: phone.nullable(),
    address: prose(300), // of letters
    headName: words(120).nullable(), // of the unit: told when a summons is not answered
    headEmail: email.nullable(),
  })
  .refine(({ channel: by, unitId }) => by !== 'samrum' || unitId !== null, {
    path: ['unitId'],
    message: 'is wanted where it is summoned in Samrum',
  })
  .refine(({ channel: by, system }) => by !== 'system' || system !== null, {
    path: ['system'],
    message: 'is wanted where it is summoned by one',
  })
  .refine(({ channel: by, address }) => by !== 'letter' || address.length > 0, {
    path: ['address'],
    message: 'is wanted where it is summoned by letter',
  });
export type DirectoryUnit = z.output<typeof directoryUnit>;
export const directoryView = z.intersection(z.object({ id, version: z.number().int(), retired: z.boolean() }), directoryUnit);
export type DirectoryView = z.infer<typeof directoryView>;

const longest = 2_000;
/** What a summons says: no diagnosis, and what is not to be shared stays out. */
export const summonsText = z.object({
  purpose: prose(longest).min(1, 'is empty'),
  longTermGoal: prose(longest),
  questions: prose(longest),
  contribution: prose(longest), // what is expected of this party
  answerBy: date,
});
export type SummonsText = z.output<typeof summonsText>;

export const summonsAnswers = ['accepted', 'forwarded', 'declined'] as const;
export const summonsAnswer = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('accepted'), who: words(120) }), // comes
  z.object({ answer: z.literal('forwarded'), directoryId: id }), // to the right unit
  z.object({ answer: z.literal('declined'), reason: prose(500).min(1, 'is empty') }),
]);
export type SummonsAnswer = z.output<typeof summonsAnswer>;

export const summonsView = summonsText.extend({
  channel,
  sentAt: z.iso.datetime(),
  reference: z.string().nullable(), // in the coordination system
  answer: z.enum(summonsAnswers).nullable(),
  answeredAt: z.iso.datetime().nullable(),
  who: z.string().nullable(),
  reason: z.string().nullable(),
  forwardedTo: z.string().nullable(),
  escalatedAt: z.iso.datetime().nullable(), // silence went to the head of the unit
});
export type SummonsView = z.infer<typeof summonsView>;

export const stance = z
  .object({ stance: z.enum(stances), words: prose(longest) })
  .refine(({ stance: one, words: said }) => one !== 'dissent' || said.length > 0, { path: ['words'], message: 'say in what' });

export const partyView = z.object({
  id,
  kind: partyKind,
  name: z.string(), // "Socialtjänsten, Dorotea"
  contact: z.string().nullable(),
  relativeId: id.nullable(),
  channel: channel.nullable(), // by which it is summoned; null: close to the person
  areas: z.array(area).nullable(), // that the person lets it be told of; null: not told to whoever looks
  summons: summonsView.nullable(),
  stance: z.object({ stance: z.enum(stances), words: z.string(), at: z.iso.datetime() }).nullable(),
});
export type PartyView = z.infer<typeof partyView>;
