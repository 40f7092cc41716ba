import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { FormView, VisitForm } from '../../contract/forms.ts';
import type { UnitPlan } from '../../contract/scheduling.ts';
import type { Reply } from '../../contract/wire.ts';
import { formVersions, visits } from '../../drizzle/schema/index.ts';
import { addUserPassword, makeAccount, makeCareHome, makeVisit } from '../../testing/care.ts';
import { codeOf, fieldOf, TestApp } from '../../testing/TestApp.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start();
});
after(() => app[Symbol.asyncDispose]());

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};
const questions = [
  { kind: 'yesNo', text: 'Har du feber?' },
  { kind: 'choice', text: 'Hur mår du?', options: ['Bra', 'Dåligt'] },
];
const type = {
  name: 'Läkarbesök',
  modality: 'video',
  minutes: 30,
  minutesBefore: 0,
  minutesAfter: 0,
  roles: [],
  resources: [],
  openToPatients: false,
};

/** A unit asks before a kind of visit, and there is such a visit. */
async function scene() {
  const { db } = app.ctx;
  const visit = await makeVisit(db, new Date(Date.now() + 3_600_000));
  const head = await app.signedInAs(await makeAccount(db, visit.unitId, 'unitHead'));
  data(await head.post(`/api/units/${visit.unitId}/forms`, { title: 'Inför besöket', questions }));
  const formsNow = async (): Promise<FormView[]> => data<{ forms: FormView[] }>(await head.get(`/api/units/${visit.unitId}/forms`)).forms;
  const [form] = await formsNow();
  assert.ok(form);
  const plan = data<UnitPlan>(await head.post(`/api/units/${visit.unitId}/visit-types`, { ...type, formId: form.id }));
  await db
    .update(visits)
    .set({ typeId: plan.types[0]?.id ?? '' })
    .where(eq(visits.id, visit.id));
  const patient = await app.signedInAs(await addUserPassword(db, visit.patientId));
  const read = async (): Promise<VisitForm> => data(await patient.get(`/api/visits/${visit.id}/form`));
  const said = (fever: string, how: string) => [
    { question: 'Har du feber?', answer: fever },
    { question: 'Hur mår du?', answer: how },
  ];
  const answer = (version: number, answers: { question: string; answer: string }[], who = patient) =>
    who.put(`/api/visits/${visit.id}/form`, { formId: form.id, version, answers });
  return { visit, head, form, formsNow, patient, read, said, answer };
}

test('a patient answers before the visit, and may answer anew; staff read it; it lies encrypted', async () => {
  const { visit, patient, read, said, answer } = await scene();
  assert.deepEqual([(await read()).form?.title, (await read()).answered, (await read()).mayAnswer], ['Inför besöket', null, true]);
  data(await answer(1, said('Nej', 'Bra')));
  data(await answer(1, said('Ja', 'Dåligt')));
  const nurse = await app.signedInAs(visit.nurse);
  const { answered } = data<VisitForm>(await nurse.get(`/api/visits/${visit.id}/form`));
  assert.deepEqual([answered?.by, answered?.version, answered?.answers], ['patient', 1, said('Ja', 'Dåligt')]);
  const { rows } = await app.ctx.db.execute<{ answers: string }>(`select answers from form_answers where visit_id = '${visit.id}'`);
  assert.ok(!rows[0]?.answers.includes('Dåligt'));
  await app.ctx.db.update(visits).set({ state: 'in_progress' }).where(eq(visits.id, visit.id));
  assert.equal(codeOf(await answer(1, said('Nej', 'Bra'))), 'conflict', 'it has begun');
  assert.equal((await read()).mayAnswer, false);
  const relative = await app.signedInAs(visit.relative);
  assert.equal(codeOf(await relative.get(`/api/visits/${visit.id}/form`)), 'not_found', 'it is the patient’s own');
  assert.ok(patient);
});

test('questions change: a new version; the old stays beside what was answered to it', async () => {
  const { visit, head, form, read, said, answer, formsNow } = await scene();
  data(await answer(1, said('Nej', 'Bra')));
  const changed = { title: 'Nya frågor', questions: [{ kind: 'words', text: 'Vad vill du tala om?' }] };
  data(await head.put(`/api/forms/${form.id}`, { ...changed, basedOn: 1 }));
  assert.equal(codeOf(await head.put(`/api/forms/${form.id}`, { ...changed, basedOn: 1 })), 'conflict', 'somebody was first');
  const now = await read();
  assert.deepEqual([now.form?.version, now.answered?.version, now.answered?.title], [2, 1, 'Inför besöket']);
  assert.deepEqual(now.answered?.answers, said('Nej', 'Bra'));
  const old = await answer(1, said('Ja', 'Bra'));
  assert.deepEqual([codeOf(old), fieldOf(old)], ['conflict', 'version']);
  data(await answer(2, [{ question: 'Vad vill du tala om?', answer: 'Sömnen' }]));
  assert.equal((await app.ctx.db.select().from(formVersions).where(eq(formVersions.formId, form.id))).length, 2);
  data(await head.post(`/api/forms/${form.id}/end`));
  assert.deepEqual(await formsNow(), []);
  const ended = await read();
  assert.deepEqual([ended.form, ended.answered?.version, ended.mayAnswer], [null, 2, false]);
  assert.ok(visit);
});

test('what is no answer is named; a form of another unit is not to be had', async () => {
  const { said, answer, head, form } = await scene();
  for (const answers of [said('Nej', 'Sådär'), said('Nej', 'Bra').slice(1), said('Nej', 'Bra').toReversed()]) {
    const refused = await answer(1, answers);
    assert.deepEqual([codeOf(refused), fieldOf(refused)], ['invalid', 'answers']);
  }
  const other = await makeCareHome(app.ctx.db);
  const stranger = await app.signedInAs(await makeAccount(app.ctx.db, other.unitId, 'unitHead'));
  assert.equal(codeOf(await stranger.put(`/api/forms/${form.id}`, { title: 'x', questions, basedOn: 1 })), 'not_found');
  const stolen = await stranger.post(`/api/units/${other.unitId}/visit-types`, { ...type, formId: form.id });
  assert.deepEqual([codeOf(stolen), fieldOf(stolen)], ['invalid', 'formId']);
  assert.equal(fieldOf(await head.post(`/api/units/${randomUUID()}/forms`, { title: 'x', questions })), 'unitId');
});
