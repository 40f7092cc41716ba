/** What plans, their parts and their parties may be. No schemas: the browser takes these values as they are. */
export const areas = [
  'health',
  'mentalHealth',
  'medicines',
  'addiction',
  'dailyLife',
  'home',
  'school',
  'work',
  'economy',
  'family',
  'leisure',
  'safety',
] as const;

export const partKinds = [
  'need',
  'goal',
  'intervention', // what a principal does
  'measure', // what others do: the person, a relative, an association
  'crisis', // what is done when it gets worse
] as const;

/** The texts of each kind, in the order that they are read. They are written by several at once. */
export const textsOf = {
  need: ['what'],
  goal: ['what', 'sign'], // in the person's own words, and how one sees that it is reached
  intervention: ['what', 'how', 'contact'],
  measure: ['what', 'who'],
  crisis: ['signs', 'helps', 'whom'],
} as const satisfies Record<(typeof partKinds)[number], readonly string[]>;

export const textFields = ['what', 'sign', 'how', 'contact', 'who', 'signs', 'helps', 'whom'] as const;

export const longestText = 4_000;

export const doneStates = ['planned', 'underway', 'done', 'stopped'] as const;

export const goalResults = ['reached', 'partly', 'not'] as const;

export const partyKinds = [
  'region', // health care
  'municipalHealth',
  'socialServices',
  'school',
  'insurance',
  'employment',
  'relative',
  'other',
] as const;

/** Who has a duty to come (kallelse); the others are invited (inbjudan). */
export const principalKinds = ['region', 'municipalHealth', 'socialServices', 'school', 'insurance', 'employment'] as const;
export const isPrincipal = (kind: (typeof partyKinds)[number]): boolean => principalKinds.some((one) => one === kind);

/** How a principal is summoned: here, in the coordination system that it works in already, or by letter. */
export const channels = ['samrum', 'system', 'letter'] as const;

export const stances = ['accepted', 'dissent'] as const;

/** In which words the person is asked: a grown-up's, a child's, or easy to read. */
export const preparationForms = ['adult', 'child', 'easy'] as const;

/** How plans of different persons have to do with each other. */
export const linkKinds = ['parentDying', 'sibling', 'parent', 'other'] as const;

/** What is asked of the person and those close to them afterwards, each from 1 (not at all) to 5 (altogether). */
export const surveyQuestions = ['heard', 'understood', 'rightPeople', 'helps'] as const;

/** How the child was heard, by age and maturity. */
export const childWays = ['saidThemselves', 'throughOther', 'notMature', 'didNotWant'] as const;
