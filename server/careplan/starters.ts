/** Templates to begin from, in the language of whoever begins: a unit makes them its own. */
import { readFileSync } from 'node:fs';
import { type Language, languages } from '../../contract/language.ts';
import type { PartyKind } from '../../contract/planParties.ts';
import type { Area, PartKind } from '../../contract/planParts.ts';
import type { PlanTemplate } from '../../contract/planTemplates.ts';

type Named = { name: string; items: string[]; parts: string[]; questions: string[]; options: string[][] };
type Shape = {
  kinds: PartyKind[];
  items: [minutes: number, areas: Area[], kinds: PartyKind[]][];
  parts: [PartKind, Area][];
  questions: PlanTemplate['questions'][number]['kind'][];
};

const health: PartyKind[] = ['region', 'municipalHealth'];
const home: PartyKind[] = ['municipalHealth', 'socialServices', 'relative'];
const all: PartyKind[] = ['region', 'municipalHealth', 'socialServices', 'relative'];

/** In the order in which they are offered; their words stand in `starters/`, in the order of what is here. */
const shapes = {
  dementia: {
    kinds: all,
    items: [
      [15, ['dailyLife', 'home'], home],
      [15, ['health', 'mentalHealth', 'medicines'], [...health, 'relative']],
      [10, ['safety', 'home'], home],
      [10, ['family'], ['socialServices', 'relative']],
      [10, [], all],
    ],
    parts: [
      ['need', 'dailyLife'],
      ['goal', 'dailyLife'],
      ['intervention', 'medicines'],
      ['intervention', 'safety'],
      ['measure', 'family'],
      ['crisis', 'health'],
    ],
    questions: ['yesNo', 'choice', 'words'],
  },
  homecoming: {
    kinds: all,
    items: [
      [10, ['health'], [...health, 'relative']],
      [10, ['medicines'], health],
      [15, ['home', 'dailyLife'], home],
      [10, [], all],
    ],
    parts: [
      ['need', 'home'],
      ['intervention', 'home'],
      ['intervention', 'medicines'],
      ['intervention', 'health'],
      ['crisis', 'health'],
    ],
    questions: ['yesNo', 'yesNo', 'words'],
  },
  children: {
    kinds: ['region', 'socialServices', 'school', 'relative'],
    items: [
      [15, ['dailyLife', 'family'], ['socialServices', 'relative']],
      [15, ['school'], ['school', 'relative']],
      [10, ['health', 'mentalHealth'], ['region', 'relative']],
      [5, ['leisure'], ['socialServices', 'school', 'relative']],
      [10, [], ['region', 'socialServices', 'school', 'relative']],
    ],
    parts: [
      ['goal', 'dailyLife'],
      ['need', 'school'],
      ['intervention', 'school'],
      ['intervention', 'family'],
      ['measure', 'family'],
      ['crisis', 'mentalHealth'],
    ],
    questions: ['choice', 'yesNo', 'words'],
  },
  lss: {
    kinds: ['region', 'socialServices', 'employment', 'relative'],
    items: [
      [15, ['dailyLife', 'leisure'], ['socialServices', 'relative']],
      [15, ['home'], ['socialServices', 'relative']],
      [10, ['health', 'medicines'], ['region', 'socialServices']],
      [10, ['work'], ['socialServices', 'employment']],
      [10, [], ['region', 'socialServices', 'employment', 'relative']],
    ],
    parts: [
      ['goal', 'dailyLife'],
      ['need', 'home'],
      ['intervention', 'work'],
      ['intervention', 'health'],
      ['measure', 'family'],
      ['crisis', 'safety'],
    ],
    questions: ['choice', 'choice', 'words'],
  },
  palliative: {
    kinds: all,
    items: [
      [15, ['dailyLife', 'family'], all],
      [15, ['health', 'medicines'], health],
      [10, ['home'], all],
      [10, ['family'], ['region', 'socialServices', 'relative']],
      [10, [], all],
    ],
    parts: [
      ['goal', 'dailyLife'],
      ['need', 'health'],
      ['intervention', 'medicines'],
      ['intervention', 'family'],
      ['crisis', 'health'],
    ],
    questions: ['yesNo', 'choice', 'words'],
  },
} satisfies Record<string, Shape>;
type Starter = keyof typeof shapes;

const words = Object.fromEntries(
  languages.map((language) => [
    language,
    JSON.parse(readFileSync(new URL(`./starters/${language}.json`, import.meta.url), 'utf8')) as Record<Starter, Named>,
  ]),
) as Record<Language, Record<Starter, Named>>;

export const startersIn = (language: Language): PlanTemplate[] =>
  (Object.entries(shapes) as [Starter, Shape][]).map(([starter, shape]) => inWords(shape, words[language][starter]));

function inWords({ kinds, items, parts, questions }: Shape, named: Named): PlanTemplate {
  const options = [...named.options];
  return {
    name: named.name,
    kinds,
    items: items.map(([minutes, areas, who], nr) => ({ title: named.items[nr] ?? '', minutes, areas, kinds: who })),
    parts: parts.map(([kind, area], nr) => ({ kind, areas: [area], prompt: named.parts[nr] ?? '' })),
    questions: questions.map((kind, nr) => {
      const text = named.questions[nr] ?? '';
      return kind === 'choice' ? { kind, text, options: options.shift() ?? [] } : { kind, text };
    }),
  };
}
