/** Templates of planning meetings: who is needed, what is talked of, what the plan asks, and what is asked afterwards. */
import { z } from 'zod';
import { question } from './forms.ts';
import { language } from './language.ts';
import { partyKind } from './planParties.ts';
import { areasGiven, partKind } from './planParts.ts';
import { version } from './units.ts';
import { id, nothing, words } from './wire.ts';

const kinds = z
  .array(partyKind)
  .max(8)
  .transform((given) => [...new Set(given)]);

export const templateItem = z.object({
  title: words(120),
  areas: areasGiven,
  minutes: z.number().int().min(1, 'is shorter than a minute').max(240, 'is longer than 4 hours'),
  kinds, // who of those there takes part, as far as each may be told
});
export type TemplateItem = z.output<typeof templateItem>;

/** What the plan asks: an empty part with a question above it. */
export const templatePart = z.object({
  kind: partKind,
  areas: areasGiven.refine((given) => given.length > 0, 'names none'),
  prompt: words(200),
});
export type TemplatePart = z.output<typeof templatePart>;

export const planTemplate = z.object({
  name: words(80),
  kinds, // who is needed
  items: z.array(templateItem).max(30, 'has more than 30 items'),
  parts: z.array(templatePart).max(30, 'has more than 30 parts'),
  questions: z.array(question).max(20, 'has more than 20'), // asked afterwards, beside those that are always asked
});
export type PlanTemplate = z.output<typeof planTemplate>;

/** A change makes a new version; plans that were made from the former keep it. */
export const templateView = planTemplate.extend({ id, unitId: id, version });
export type TemplateView = z.infer<typeof templateView>;

const ofUnit = z.object({ unitId: id });
const ofTemplate = z.object({ templateId: id });

export const planTemplateRoutes = {
  'GET /api/units/:unitId/plan-templates': {
    summary: 'The templates of a unit for its planning meetings',
    params: ofUnit,
    reply: z.object({ templates: z.array(templateView), mayChange: z.boolean() }),
  },
  'GET /api/plan-template-starters/:language': {
    summary: 'Templates to begin from: dementia team, homecoming, children and young people, LSS, palliative care',
    params: z.object({ language }),
    reply: z.array(planTemplate),
  },
  'POST /api/units/:unitId/plan-templates': { summary: 'One more template', params: ofUnit, body: planTemplate, reply: nothing },
  'PUT /api/plan-templates/:templateId': {
    summary: 'A new version of it',
    params: ofTemplate,
    body: planTemplate.extend({ basedOn: version }),
    reply: nothing,
  },
  'POST /api/plan-templates/:templateId/end': {
    summary: 'It is used for no new plan; those made from it keep it',
    params: ofTemplate,
    reply: nothing,
  },
} as const;
