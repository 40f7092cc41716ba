/** Whether care can be given well at a distance (Socialstyrelsen, Digitala vårdtjänster: övergripande principer, 2019). */
import { z } from 'zod';
import { words } from './wire.ts';

export const suitabilityQuestions = [
  'assessable', // without somebody examining on the spot, or somebody who can is beside the patient
  'information', // whoever assesses has what they need: the record, medicines, earlier results
  'person', // the patient wants it and manages, alone or with support
  'private', // nobody overhears whom the patient does not want
  'physical', // a visit in person can be had in time if it takes one
] as const;
export type SuitabilityQuestion = (typeof suitabilityQuestions)[number];

const answers = z.object(
  Object.fromEntries(suitabilityQuestions.map((question) => [question, z.boolean()])) as Record<SuitabilityQuestion, z.ZodBoolean>,
);

export const suitability = answers.extend({
  reason: words(300).nullable(), // why video all the same, where one of them is no
});
export type Suitability = z.infer<typeof suitability>;

/** How often a unit's patients have been seen in person. */
export const alternation = z.object({
  every: z.number().int().nullable(), // of so many visits at least one is in person; null: the unit has no such rule
  remoteSince: z.number().int(), // visits at a distance since then
  lastPhysicalAt: z.iso.datetime().nullable(),
  due: z.boolean(), // the next ought to be in person
});
export type Alternation = z.infer<typeof alternation>;
