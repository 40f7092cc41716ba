import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { CarePlan, PlanListed } from '../../contract/carePlans.ts';
import { languages } from '../../contract/language.ts';
import { planTemplate, type TemplateView } from '../../contract/planTemplates.ts';
import type { Reply } from '../../contract/wire.ts';
import { agreements, assignments, carePlanParties, units } from '../../drizzle/schema/index.ts';
import { makeAccount } from '../../testing/care.ts';
import { makePlanPeople, personName } from '../../testing/carePlanPeople.ts';
import { PlanPage } from '../../testing/PlanPage.ts';
import { textOfPdf } from '../../testing/pdf.ts';
import { codeOf, fieldOf, TestApp } from '../../testing/TestApp.ts';
import { startersIn } from './starters.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start();
});
after(() => app[Symbol.asyncDispose]());

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};
const consent = { capacity: 'own', capacityNote: '', guardianId: null, form: 'oral' };
const template = {
  name: 'Demensteam',
  kinds: ['region', 'socialServices'],
  items: [{ title: 'Vardagen', areas: ['dailyLife'], minutes: 15, kinds: ['socialServices'] }],
  parts: [
    { kind: 'need', areas: ['dailyLife'], prompt: 'Vad behövs hjälp med?' },
    { kind: 'crisis', areas: ['health'], prompt: 'Vem ringer man?' },
  ],
  questions: [
    { kind: 'yesNo', text: 'Vet du vem du ringer?' },
    { kind: 'choice', text: 'Hur kändes det?', options: ['Bra', 'Dåligt'] },
  ],
};

const preparation = { form: 'adult', matters: 'Att komma ut', goals: '', questions: '', notShared: '', who: '', where: '' };

async function partyUnit(userId: string): Promise<{ unitId: string; organisationId: string }> {
  const [row] = await app.ctx.db
    .select({ unitId: units.id, organisationId: units.organisationId })
    .from(assignments)
    .innerJoin(units, eq(units.id, assignments.unitId))
    .where(eq(assignments.userId, userId));
  assert.ok(row);
  return row;
}

/** A plan that is being prepared, and its unit's head, who keeps the templates. */
async function scene() {
  const people = await makePlanPeople(app.ctx.db);
  const { unitId } = people.clinic;
  const nurse = await app.signedInAs(people.coordinator);
  const head = await app.signedInAs(await makeAccount(app.ctx.db, unitId, 'unitHead'));
  const planId = randomUUID();
  const url = `/api/care-plans/${planId}`;
  data(await nurse.post(`/api/patients/${people.patientId}/care-plans`, { planId, unitId, need: 'Prov', proposedBy: 'Prov' }));
  const read = async (): Promise<CarePlan> => data(await nurse.get(url));
  const templates = async (): Promise<TemplateView[]> =>
    data<{ templates: TemplateView[] }>(await nurse.get(`/api/units/${unitId}/plan-templates`)).templates;
  const go = async (step: string, body: object = {}): Promise<void> =>
    void data(await nurse.post(`${url}/${step}`, { basedOn: (await read()).version, ...body }));
  await go('offer');
  await go('consent', { consent });
  const use = async (templateId: string | null): Promise<Reply<unknown>> =>
    nurse.put(`${url}/template`, { templateId, basedOn: (await read()).version });
  return { people, unitId, nurse, head, url, planId, read, templates, use };
}

test('the ready templates are whole in every language', () => {
  const [first] = languages.map((language) => startersIn(language));
  for (const language of languages) {
    const starters = startersIn(language);
    for (const starter of starters) assert.ok(planTemplate.safeParse(starter).success, `${language} ${starter.name}`);
    const shape = (all: typeof starters) =>
      all.map(({ kinds, items, parts, questions }) => [
        kinds,
        items.map(({ areas }) => areas),
        parts.length,
        questions.map((one) => (one.kind === 'choice' ? one.options.length : one.kind)),
      ]);
    assert.deepEqual(shape(starters), shape(first ?? []));
    const said = starters.flatMap(({ items, parts }) => [...items.map(({ title }) => title), ...parts.map(({ prompt }) => prompt)]);
    assert.ok(said.every((words) => words.length > 2));
  }
});

test('kept by the head, in versions; a plan keeps the version that it began from, and what nobody answered goes with its template', async () => {
  const { unitId, nurse, head, url, read, templates, use } = await scene();
  assert.equal(codeOf(await nurse.post(`/api/units/${unitId}/plan-templates`, template)), 'not_found', 'not by a nurse');
  data(await head.post(`/api/units/${unitId}/plan-templates`, template));
  const again = await head.post(`/api/units/${unitId}/plan-templates`, { ...template, name: template.name.toUpperCase() });
  assert.deepEqual([codeOf(again), fieldOf(again)], ['invalid', 'name.taken'], 'two of one name are not told apart');
  const [made] = await templates();
  assert.equal(made?.version, 1);
  data(await use(made?.id ?? ''));
  const begun = await read();
  assert.deepEqual(
    begun.parts.map(({ kind, prompt }) => [kind, prompt]),
    template.parts.map(({ kind, prompt }) => [kind, prompt]),
  );
  assert.deepEqual([begun.template?.items, begun.asked.length], [template.items, 2]);
  data(await use(made?.id ?? ''));
  assert.equal((await read()).parts.length, 2, 'twice is once');
  const changed = { ...template, parts: template.parts.slice(0, 1), basedOn: 1 };
  data(await head.put(`/api/plan-templates/${made?.id}`, changed));
  assert.equal(codeOf(await head.put(`/api/plan-templates/${made?.id}`, changed)), 'conflict', 'somebody was first');
  assert.deepEqual([(await read()).template?.version, (await templates())[0]?.version], [1, 2]);
  const [, crisis] = (await read()).parts;
  data(await use(null));
  assert.deepEqual([(await read()).parts, (await read()).template], [[], null]);
  assert.equal(codeOf(await use(randomUUID())), 'not_found');
  data(await use(made?.id ?? ''));
  data(await head.post(`/api/plan-templates/${made?.id}/end`));
  assert.deepEqual(await templates(), []);
  assert.equal((await read()).template?.name, 'Demensteam', 'a plan that has it keeps it');
  assert.equal(codeOf(await use(made?.id ?? '')), 'not_found');
  assert.ok(crisis && url);
});

test('no other unit has it, and a party of the plan is not told from what it was made', async () => {
  const { people, unitId, head, nurse, url, templates, use } = await scene();
  data(await head.post(`/api/units/${unitId}/plan-templates`, template));
  const [made] = await templates();
  data(await use(made?.id ?? ''));
  const assessor = await app.signedInAs(people.assessor);
  assert.equal(codeOf(await assessor.get(`/api/units/${unitId}/plan-templates`)), 'forbidden');
  assert.equal(codeOf(await assessor.put(`/api/plan-templates/${made?.id}`, { ...template, basedOn: 1 })), 'not_found');
  const partyId = randomUUID();
  const { unitId: social } = await partyUnit(people.assessor.userId);
  await app.ctx.db.insert(carePlanParties).values({
    id: partyId,
    planId: url.split('/').at(-1) ?? '',
    kind: 'socialServices',
    name: 'Social',
    unitId: social,
    sentAt: new Date(),
  });
  data(await nurse.put(`${url}/parties/${partyId}/areas`, { areas: ['dailyLife'], consent }));
  const theirs = data<CarePlan>(await assessor.get(url));
  assert.deepEqual([theirs.template, theirs.asked], [null, []]);
  assert.deepEqual(
    theirs.parts.map(({ prompt }) => prompt),
    ['Vad behövs hjälp med?'],
    'of what it may not be told not even the question',
  );
});

test('what a template asks afterwards is answered as it was asked, or refused', async () => {
  const { unitId, head, nurse, url, planId, templates, use } = await scene();
  data(await head.post(`/api/units/${unitId}/plan-templates`, template));
  data(await use((await templates())[0]?.id ?? ''));
  await app.ctx.db.execute(
    `update care_plans set state = 'plan_active', follow_up_on = '2099-01-01', activated_at = now(), signed_by = coordinator_id where id = '${planId}'`,
  );
  const scores = { heard: 4, understood: null, rightPeople: null, helps: 5 };
  const say = (answers: object[]) => nurse.put(`${url}/survey`, { partyId: null, scores, answers, words: '' });
  for (const wrong of [
    { question: 'Något annat?', answer: 'Ja' },
    { question: 'Hur kändes det?', answer: 'Sådär' },
  ]) {
    const refused = await say([wrong]);
    assert.deepEqual([codeOf(refused), fieldOf(refused)], ['invalid', 'answers']);
  }
  const answers = [
    { question: 'Vet du vem du ringer?', answer: 'Ja' },
    { question: 'Hur kändes det?', answer: 'Bra' },
  ];
  data(await say(answers));
  assert.deepEqual(data<CarePlan>(await nurse.get(url)).surveys[0]?.answers, answers);
});

test('a summons on paper names whom it is about and how to answer; a party’s copy holds what it may be told, and no more', async () => {
  const { people, nurse, url, read } = await scene();
  data(await nurse.put(`${url}/preparation`, { ...preparation, basedOn: (await read()).version }));
  const [partyId, needId, goalId] = [randomUUID(), randomUUID(), randomUUID()];
  data(await nurse.post(`${url}/parties`, { from: 'other', partyId, kind: 'school', name: 'Vuxenskolan', contact: null }));
  data(await nurse.put(`${url}/parties/${partyId}/areas`, { areas: ['school'], consent }));
  const printed = () => nurse.post(`${url}/parties/${partyId}/summons/pdf`);
  assert.equal(codeOf(await printed()), 'conflict', 'nothing was sent');
  const summons = { purpose: 'Att planera stödet', longTermGoal: '', questions: '', contribution: 'Studiegång', answerBy: '2099-01-01' };
  data(await nurse.post(`${url}/parties/${partyId}/summons`, summons));
  const letter = await textOfPdf(Buffer.from(data<{ pdf: string }>(await printed()).pdf, 'base64'));
  for (const words of [
    'Kallelse till samordnad individuell plan',
    personName,
    'Vuxenskolan',
    'Att planera stödet',
    'Studiegång',
    '1 januari 2099',
  ])
    assert.ok(letter.includes(words), `${words} is not in ${letter}`);
  for (const [partId, area] of [
    [needId, 'school'],
    [goalId, 'economy'],
  ] as const) {
    data(await nurse.post(`${url}/parts`, { partId, kind: 'need', areas: [area] }));
    using page = await PlanPage.open(nurse, app.address, url.split('/').at(-1) ?? '');
    data(await page.write(partId, 'what', `Behov ${area}`));
  }
  const copy = async (body: object) => nurse.post(`${url}/pdf`, { large: false, ...body });
  const text = await textOfPdf(Buffer.from(data<{ pdf: string }>(await copy({ partyId })).pdf, 'base64'));
  assert.deepEqual([text.includes('Behov school'), text.includes('Behov economy')], [true, false]);
  assert.equal(codeOf(await copy({ partyId: randomUUID() })), 'not_found');
  const stranger = await app.signedInAs(people.assessor);
  assert.equal(codeOf(await stranger.post(`${url}/parties/${partyId}/summons/pdf`)), 'not_found');
});

test('the board warns where no agreement lets a party work with one’s people', async () => {
  const { people, nurse, planId } = await scene();
  const { unitId, organisationId } = await partyUnit(people.assessor.userId);
  await app.ctx.db.insert(carePlanParties).values({ id: randomUUID(), planId, kind: 'socialServices', name: 'Social', unitId });
  const listed = async (): Promise<string[] | undefined> =>
    data<PlanListed[]>(await nurse.get('/api/care-plans')).find(({ id }) => id === planId)?.uncovered;
  assert.deepEqual(await listed(), ['Social']);
  const agreement = { organisationId: people.clinic.organisationId, giverId: organisationId, covers: 'Prov', from: '2020-01-01' };
  await app.ctx.db.insert(agreements).values(agreement);
  assert.deepEqual(await listed(), []);
});
