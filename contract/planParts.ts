/** What a plan consists of, and on which area of life each part is: what a party may be told of goes by areas. */
import { z } from 'zod';
import { areas, doneStates, goalResults, partKinds, textFields } from './planKinds.ts';
import { date, id, words } from './wire.ts';

export const area = z.enum(areas);
export type Area = z.infer<typeof area>;

export const areasGiven = z
  .array(area)
  .max(areas.length)
  .transform((given) => [...new Set(given)]);

export const partKind = z.enum(partKinds);
export type PartKind = z.infer<typeof partKind>;

export const textField = z.enum(textFields);
export type TextField = z.infer<typeof textField>;

/** A plan is no decision on aid: where it stands with that is the needs assessor's to say. */
export const aid = z.discriminatedUnion('is', [
  z.object({ is: z.literal('applied') }),
  z.object({ is: z.literal('underAssessment') }),
  z.object({ is: z.literal('decided'), on: date }),
  z.object({ is: z.literal('refused'), on: date, appeal: words(300) }), // how to appeal
]);
export type Aid = z.infer<typeof aid>;

/** What is chosen rather than written, of interventions and of what others do. */
export const chosen = z.object({
  partyId: id.nullable(), // the principal that answers for it
  owner: words(120).nullable(), // who of them, by name
  ownerUserId: id.nullable(), // and by account, where they have one here
  on: date.nullable(),
  status: z.enum(doneStates),
});
export type Chosen = z.infer<typeof chosen>;
export const nothingChosen: Chosen = { partyId: null, owner: null, ownerUserId: null, on: null, status: 'planned' };

export const partView = z.object({
  id,
  kind: partKind,
  areas: z.array(area).min(1),
  position: z.number().int(),
  prompt: z.string(), // what the plan's template asks; empty: nothing
  texts: z.partialRecord(textField, z.string()),
  chosen,
  aid: aid.nullable(),
  goalReached: z.enum(goalResults).nullable(), // of a goal, as the person and the others found at the follow-up
  removable: z.boolean(), // by whoever looks: who made it, or coordinates
  version: z.number().int().min(1), // of all but the texts
});
export type PartView = z.infer<typeof partView>;
