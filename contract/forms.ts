/** Questions before a visit: versioned, so that what was answered stays beside what was asked. */
import { z } from 'zod';
import { version } from './units.ts';
import { id, nothing, prose, words } from './wire.ts';

/** A short question; what is said to it is shown to staff beside the patient. */
export const question = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('yesNo'), text: words(160) }),
  z.object({
    kind: z.literal('choice'),
    text: words(160),
    options: z.array(words(60)).min(2, 'has fewer than 2').max(8, 'has more than 8'),
  }),
  z.object({ kind: z.literal('words'), text: words(160) }),
]);
export type Question = z.infer<typeof question>;

/** What was asked and what was said, side by side: questions change, answers stay. */
export const answer = z.object({ question: z.string().max(160), answer: prose(300).min(1, 'is empty') });
export type Answer = z.infer<typeof answer>;

export const form = z.object({ title: words(80), questions: z.array(question).min(1, 'asks nothing').max(20, 'has more than 20') });
/** A change makes a new version; the former stays for those who answered it. */
export const formView = form.extend({ id, unitId: id, version });
export type FormView = z.infer<typeof formView>;

/** The form of a visit, and what was answered. */
export const visitForm = z.object({
  form: formView.nullable(), // as it is now; null: nothing is asked before such a visit
  answered: z
    .object({
      title: z.string(),
      version,
      answers: z.array(answer),
      at: z.iso.datetime(),
      by: z.enum(['patient', 'care']), // staff write for whom cannot
    })
    .nullable(),
  mayAnswer: z.boolean(),
});
export type VisitForm = z.infer<typeof visitForm>;

const ofUnit = z.object({ unitId: id });
const ofForm = z.object({ formId: id });
const ofVisit = z.object({ visitId: id });

export const formRoutes = {
  'GET /api/units/:unitId/forms': {
    summary: 'What a unit asks before its visits',
    params: ofUnit,
    reply: z.object({ forms: z.array(formView), mayChange: z.boolean() }),
  },
  'POST /api/units/:unitId/forms': { summary: 'One more form', params: ofUnit, body: form, reply: nothing },
  'PUT /api/forms/:formId': {
    summary: 'A new version of it',
    params: ofForm,
    body: form.extend({ basedOn: version }),
    reply: nothing,
  },
  'POST /api/forms/:formId/end': { summary: 'It is asked no more; what was answered stays', params: ofForm, reply: nothing },
  'GET /api/visits/:visitId/form': { summary: 'What is asked before a visit, and what was answered', params: ofVisit, reply: visitForm },
  'PUT /api/visits/:visitId/form': {
    summary: 'Answers, until the visit begins; in the place of what was answered before',
    params: ofVisit,
    body: z.object({ formId: id, version, answers: z.array(answer).min(1, 'answers nothing').max(20, 'has more than 20') }),
    reply: nothing,
  },
} as const;
