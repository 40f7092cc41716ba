/** An interpreter for a visit: ordered from an agency by language and mode, known by a number. */
import { z } from 'zod';
import { issuedCode } from './codes.ts';
import { id, nothing, words } from './wire.ts';

/** BCP 47; `swl-x-tactile` is Swedish Sign Language into the hands, for who neither sees nor hears. */
export const interpretedLanguages = [
  'se', // Northern Sámi
  'smj', // Lule Sámi
  'sma', // Southern Sámi
  'fi',
  'fit', // Meänkieli
  'swl', // Swedish Sign Language
  'swl-x-tactile',
  'am',
  'ar',
  'bs',
  'ckb',
  'de',
  'en',
  'es',
  'et',
  'fa',
  'fr',
  'hr',
  'hu',
  'it',
  'ka',
  'kmr',
  'lt',
  'lv',
  'mn',
  'ne',
  'nl',
  'pl',
  'prs',
  'ps',
  'pt',
  'ro',
  'rom',
  'ru',
  'so',
  'sq',
  'sr',
  'sw',
  'ta',
  'th',
  'ti',
  'tr',
  'uk',
  'ur',
  'uz',
  'vi',
  'yi',
  'zh',
] as const;
export const interpretedLanguage = z.enum(interpretedLanguages);
export type InterpretedLanguage = z.infer<typeof interpretedLanguage>;

export const interpreterModes = ['video', 'phone', 'onSite'] as const;
export const interpreterMode = z.enum(interpreterModes);
export type InterpreterMode = z.infer<typeof interpreterMode>;

/** How a visit is held without the interpreter in it: on the telephone, or because it cannot wait. */
export const insteadKinds = ['phone', 'urgent'] as const;
export const instead = z.object({
  kind: z.enum(insteadKinds),
  reason: words(300).nullable().default(null), // why it cannot wait
  relativeId: id.nullable().default(null), // the participant close to the patient who interprets: an adult
});
export type Instead = z.infer<typeof instead>;

export const interpreterOrder = z.object({
  language: interpretedLanguage,
  mode: interpreterMode,
  consented: z.boolean().default(false), // the patient says yes to the interpreter’s being there
});
export type InterpreterOrder = z.infer<typeof interpreterOrder>;

export const interpreterView = z.object({
  orderNumber: z.number().int(), // to name it by, to the agency
  language: interpretedLanguage,
  mode: interpreterMode,
  number: z.string().nullable(), // the interpreter’s; null until the agency has said yes
  instead: z.enum(insteadKinds).nullable(),
});
export type InterpreterView = z.infer<typeof interpreterView>;

/** The agency’s number of an interpreter: never a name. */
export const interpreterNumber = z
  .string()
  .trim()
  .regex(/^[A-Za-z]{0,4}[ -]?\d{2,10}$/, 'is no number of an interpreter');

const ofVisit = z.object({ visitId: id });

export const interpretingRoutes = {
  'PUT /api/visits/:visitId/interpreter': {
    summary: 'Orders an interpreter, or another in the place of the former; until the agency says yes nothing is promised',
    params: ofVisit,
    body: interpreterOrder,
    reply: nothing,
  },
  'POST /api/visits/:visitId/interpreter/confirm': {
    summary: 'The agency has said yes: with the interpreter’s number the visit is booked for good, and those who come are told',
    params: ofVisit,
    body: z.object({ interpreterNumber }),
    reply: z.object({ codes: z.array(issuedCode) }),
  },
  'POST /api/visits/:visitId/interpreter/end': {
    summary: 'No interpreter is needed after all',
    params: ofVisit,
    body: z.object({ reason: words(300) }),
    reply: z.object({ codes: z.array(issuedCode) }),
  },
} as const;
