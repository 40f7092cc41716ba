import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Access } from '../../contract/access.ts';
import type { Reply } from '../../contract/wire.ts';
import { auditEntries } from '../../drizzle/schema/index.ts';
import { addUserPassword, makeCareHome, makePatient, makeVisit } from '../../testing/care.ts';
import { type Caller, codeOf, fieldOf, TestApp } from '../../testing/TestApp.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start();
});
after(() => app[Symbol.asyncDispose]());

type Report = { accesses: Access[]; next: number | null };
const reportOf = async (caller: Caller, query = ''): Promise<Report> => {
  const reply: Reply<unknown> = await caller.get(`/api/my/accesses${query}`);
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as Report;
};

test('a patient sees who has opened what there is about them, by role and unit, and nothing of anybody else', async () => {
  const visit = await makeVisit(app.ctx.db);
  const patient = await app.signedInAs(await addUserPassword(app.ctx.db, visit.patientId));
  const other = await makeVisit(app.ctx.db);
  const stranger = await app.signedInAs(await addUserPassword(app.ctx.db, other.patientId));
  const nurse = await app.signedInAs(visit.nurse);
  await nurse.get(`/api/visits/${visit.id}`);
  await nurse.get(`/api/patients/${visit.patientId}`);
  await nurse.get('/api/visits/today');
  const { accesses, next } = await reportOf(patient);
  assert.deepEqual(
    accesses.map(({ action, role, own }) => [action, role, own]),
    [
      ['patient.read', 'nurse', false],
      ['visit.read', 'nurse', false],
    ],
  );
  assert.ok(accesses.every(({ unit, organisation }) => unit && organisation));
  assert.equal(next, null);
  assert.deepEqual((await reportOf(stranger)).accesses, []);
  assert.doesNotMatch(JSON.stringify(accesses), new RegExp(visit.nurse.username));
});

test('it is the patient’s own: neither staff nor who came with a code get one, and a wrong place to go on from is named', async () => {
  const visit = await makeVisit(app.ctx.db);
  for (const caller of [await app.signedInAs(visit.nurse), await app.signedInAs(visit.relative)])
    assert.equal(codeOf(await caller.get('/api/my/accesses')), 'forbidden');
  assert.equal(codeOf(await app.stranger().get('/api/my/accesses')), 'unauthenticated');
  const patient = await app.signedInAs(await addUserPassword(app.ctx.db, visit.patientId));
  assert.equal(fieldOf(await patient.get('/api/my/accesses?before=yesterday')), 'before');
});

test('what is long comes in pages, without a gap and without a repeat', async () => {
  const home = await makeCareHome(app.ctx.db);
  const patientId = await makePatient(app.ctx.db, home);
  const patient = await app.signedInAs(await addUserPassword(app.ctx.db, patientId));
  const at = new Date();
  await app.ctx.db.insert(auditEntries).values(Array.from({ length: 250 }, () => ({ at, action: 'patient.read', patientId })));
  const lengths: number[] = [];
  for (let next: number | null | undefined; next !== null; ) {
    const found: Report = await reportOf(patient, next === undefined ? '' : `?before=${next}`);
    lengths.push(found.accesses.length);
    next = found.next;
  }
  assert.deepEqual(lengths, [100, 100, 50]);
});
