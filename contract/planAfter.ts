/** What belongs to plans of children, to what is asked afterwards, and to plans that have to do with each other. */
import { z } from 'zod';
import { answer } from './forms.ts';
import { childWays, linkKinds, surveyQuestions } from './planKinds.ts';
import { id, prose, words } from './wire.ts';

const longest = 2_000;

/** Of a child: how they were heard, what each guardian says, and why a plan is made where guardians do not agree. */
export const childBasis = z.object({
  way: z.enum(childWays),
  view: prose(longest), // in the child's words; wanted where they said it
  maturity: prose(500), // how age and maturity were weighed
  guardians: z.array(z.object({ relativeId: id, yes: z.boolean(), words: prose(500) })).max(8, 'names more than 8'),
  why: prose(longest), // it goes on although a guardian says no
});
export type ChildBasis = z.output<typeof childBasis>;

const scored = z.number().int().min(1).max(5).nullable(); // null: not answered
export const surveyAnswers = z.object({
  scores: z.object(
    Object.fromEntries(surveyQuestions.map((question) => [question, scored])) as Record<(typeof surveyQuestions)[number], typeof scored>,
  ),
  answers: z.array(answer).max(20, 'has more than 20').default([]), // to what the template of the plan asks
  words: prose(longest),
});
export type SurveyAnswers = z.output<typeof surveyAnswers>;
/** Whether anything has been said at all. */
export const saysSomething = ({ scores, answers, words: said }: SurveyAnswers): boolean =>
  said !== '' || answers.length > 0 || Object.values(scores).some((score) => score !== null);
export const surveyView = surveyAnswers.extend({ partyId: id.nullable(), at: z.iso.datetime() });

export const concernReport = z.object({ concernId: id, madeTo: words(120), words: prose(longest).min(1, 'is empty') });
export const concernView = z.object({ id, madeTo: z.string(), words: z.string(), by: z.string().nullable(), at: z.iso.datetime() });

export const linkView = z.object({ planId: id, name: z.string(), kind: z.enum(linkKinds), mine: z.boolean() }); // `mine`: made from this plan
export const newLink = z.object({ otherId: id, kind: z.enum(linkKinds) });
