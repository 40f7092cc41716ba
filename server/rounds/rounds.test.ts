import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eq, inArray } from 'drizzle-orm';
import type { Round, RoundListed } from '../../contract/rounds.ts';
import type { Reply } from '../../contract/wire.ts';
import { auditEntries, bookings, messages, relatives, visits } from '../../drizzle/schema/index.ts';
import { makeAccount, makeVisit } from '../../testing/care.ts';
import {
  emptyBrief,
  makeRoundPeople,
  opening,
  planRound,
  readRound,
  residentBody,
  roundBody,
  startRound,
  type TestRound,
} from '../../testing/round.ts';
import { type Caller, codeOf, TestApp } from '../../testing/TestApp.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start();
});
after(() => app[Symbol.asyncDispose]());

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};
const said = (reply: Reply<unknown>): [string | null, string | undefined] => [codeOf(reply), reply.ok ? undefined : reply.field];

async function scene(count = 3, withRelative: number[] = []) {
  const round = await makeRoundPeople(app.ctx.db, count, withRelative);
  const nurse = await app.signedInAs(round.nurse);
  const doctor = await app.signedInAs(round.doctor);
  const at = (nr: number, what: string): string => `/api/rounds/${round.id}/items/${round.residents[nr - 1]?.itemId}/${what}`;
  return { round, nurse, doctor, at };
}

const decision = (part: object = {}) => ({
  as: 'decided',
  outcome: 'Påhittat beslut',
  instructions: '',
  followUpOwner: 'Test Ansvarig',
  followUpOn: '2026-12-24',
  soundEnough: 'yes',
  pictureEnough: 'yes',
  basedOn: null,
  ...part,
});

const stateOf = async (caller: Caller, round: TestRound): Promise<{ names: string[]; states: string[]; partitions: string[] }> => {
  const { items } = await readRound(caller, round);
  return {
    names: items.map(({ patient }) => patient.name),
    states: items.map(({ state }) => state),
    partitions: items.map(({ partition }) => partition),
  };
};

test('a round is planned once and takes up its people; the list is ordered by urgency with infection last, and by hand', async () => {
  const { round, nurse, doctor } = await scene(4);
  const [first, second, third, fourth] = round.residents;
  assert.ok(first && second && third && fourth);
  data(await nurse.post('/api/rounds', roundBody(round)));
  data(await nurse.post('/api/rounds', roundBody(round)));
  const items = `/api/rounds/${round.id}/items`;
  data(await nurse.post(items, residentBody(first, { infected: true, urgency: 'acute' })));
  data(await nurse.post(items, residentBody(second)));
  data(await nurse.post(items, residentBody(second)));
  data(await nurse.post(items, residentBody(third, { urgency: 'acute' })));
  data(await nurse.post(items, residentBody(fourth, { urgency: 'soon' })));
  assert.deepEqual(
    (await stateOf(doctor, round)).names,
    [3, 4, 2, 1].map((nr) => `Test Boende ${nr}`),
  );
  const { version, items: listed } = await readRound(nurse, round);
  const wanted = [second, first, third, fourth].map(({ itemId }) => itemId);
  assert.equal(codeOf(await nurse.write('PUT', `/api/rounds/${round.id}/order`, { itemIds: wanted, basedOn: version - 1 })), 'conflict');
  assert.deepEqual(said(await nurse.write('PUT', `/api/rounds/${round.id}/order`, { itemIds: wanted.slice(1), basedOn: version })), [
    'invalid',
    'itemIds',
  ]);
  data(await nurse.write('PUT', `/api/rounds/${round.id}/order`, { itemIds: wanted, basedOn: version }));
  assert.deepEqual(
    (await stateOf(nurse, round)).names,
    [2, 1, 3, 4].map((nr) => `Test Boende ${nr}`),
  );
  assert.equal(listed.length, 4);
  const taken = await app.ctx.db.select().from(bookings).where(eq(bookings.roundId, round.id));
  assert.deepEqual(taken.map(({ userId }) => userId).toSorted(), [round.doctor.userId, round.nurse.userId].toSorted());
  const again = await nurse.post('/api/rounds', roundBody({ ...round, id: randomUUID() }));
  assert.equal(codeOf(again), 'conflict', 'the doctor is taken');
  data(await nurse.write('DELETE', `${items}/${first.itemId}`, {}));
  data(await nurse.write('DELETE', `${items}/${first.itemId}`, {}));
  const [gone] = await app.ctx.db.select().from(visits).where(eq(visits.id, first.visitId));
  assert.equal(gone?.state, 'cancelled');
  const [mine] = data<RoundListed[]>(await doctor.get('/api/rounds'));
  assert.deepEqual([mine?.residents, mine?.done, mine?.state], [3, 0, 'list_open']);
  assert.deepEqual(data<unknown[]>(await nurse.get('/api/visits/today')), [], 'residents stand in their round');
});

test('the list is locked, the briefs make it ready; nobody more comes on it', async () => {
  const { round, nurse, doctor, at } = await scene(2);
  data(await nurse.post('/api/rounds', roundBody(round)));
  assert.deepEqual(said(await nurse.post(`/api/rounds/${round.id}/lock`)), ['conflict', 'items']);
  const [first, second] = round.residents;
  assert.ok(first && second);
  data(await nurse.post(`/api/rounds/${round.id}/items`, residentBody(first)));
  assert.equal(codeOf(await nurse.post(`/api/rounds/${round.id}/start`)), 'conflict');
  data(await nurse.write('PUT', at(1, 'brief'), { brief: emptyBrief, ready: false }));
  data(await nurse.post(`/api/rounds/${round.id}/lock`));
  assert.equal(codeOf(await nurse.post(`/api/rounds/${round.id}/items`, residentBody(second))), 'conflict');
  const brief = { ...emptyBrief, situation: 'Påhittad hosta', informed: true, allergies: null };
  data(await nurse.write('PUT', at(1, 'brief'), { brief, ready: true }));
  const read = await readRound(doctor, round);
  assert.deepEqual([read.state, read.items[0]?.brief?.situation, read.items[0]?.brief?.allergies], ['brief_ready', 'Påhittad hosta', null]);
});

test('a partition opens for the right person alone, at their turn; the wrong birth date opens nothing and is kept', async () => {
  const { round, nurse, doctor, at } = await scene(2);
  await planRound(nurse, round);
  await startRound(nurse, round);
  const [first, second] = round.residents;
  assert.ok(first && second);
  assert.deepEqual(said(await nurse.post(at(1, 'open'), opening(first, { birthDate: '1930-01-01' }))), ['invalid', 'birthDate.wrong']);
  assert.deepEqual(said(await nurse.post(at(1, 'open'), opening(first, { name: second.name }))), ['invalid', 'name.wrong']);
  assert.deepEqual(said(await nurse.post(at(1, 'open'), { ...opening(first), wiped: false })), ['invalid', 'wiped']);
  assert.equal(codeOf(await doctor.post(at(1, 'open'), opening(first))), 'forbidden', 'the doctor does not see the wristband');
  assert.deepEqual(said(await nurse.post(at(2, 'open'), opening(second))), ['conflict', 'itemId']);
  assert.deepEqual((await stateOf(nurse, round)).partitions, ['sealed', 'sealed']);
  const rows = await app.ctx.db.select().from(auditEntries).where(eq(auditEntries.visitId, first.visitId));
  assert.deepEqual(
    rows.filter(({ action }) => action === 'round.wrong_person').map(({ detail }) => detail?.wrong),
    ['birthDate', 'name'],
  );
  data(await nurse.post(at(1, 'open'), opening(first)));
  data(await nurse.post(at(1, 'open'), opening(first)));
  assert.deepEqual((await stateOf(nurse, round)).partitions, ['open', 'sealed']);
  data(await doctor.post(at(2, 'next')));
  assert.deepEqual((await stateOf(nurse, round)).partitions, ['sealed', 'sealed']);
  data(await nurse.post(at(2, 'open'), opening(second)));
  assert.deepEqual(await stateOf(nurse, round), {
    names: [first.name, second.name],
    states: ['in_progress', 'in_progress'],
    partitions: ['sealed', 'open'],
  });
  data(await nurse.post(at(1, 'next')));
  data(await nurse.post(at(1, 'open'), opening(first)));
  assert.deepEqual((await stateOf(nurse, round)).partitions, ['open', 'sealed'], 'returned to');
});

test('decided, read back, signed; closing is refused with what is missing, then ends every visit', async () => {
  const { round, nurse, doctor, at } = await scene(3);
  await planRound(nurse, round);
  await startRound(nurse, round);
  const [first, second] = round.residents;
  assert.ok(first && second);
  data(await nurse.post(at(1, 'open'), opening(first)));
  assert.equal(codeOf(await nurse.write('PUT', at(1, 'decision'), decision())), 'forbidden');
  data(await doctor.write('PUT', at(1, 'decision'), decision({ instructions: 'Ge vatten', followUpOwner: null })));
  assert.deepEqual(said(await doctor.write('PUT', at(1, 'decision'), decision())), ['conflict', 'basedOn']);
  assert.deepEqual(said(await doctor.post(at(1, 'sign'), { basedOn: 1 })), ['invalid', 'followUpOwner']);
  data(await doctor.write('PUT', at(1, 'decision'), decision({ instructions: 'Ge vatten', basedOn: 1 })));
  assert.deepEqual(said(await doctor.post(at(1, 'sign'), { basedOn: 2 })), ['invalid', 'readBack']);
  data(await nurse.post(at(1, 'read-back')));
  data(await doctor.post(at(1, 'sign'), { basedOn: 2 }));
  const signed = (await readRound(nurse, round)).items[0];
  assert.deepEqual([signed?.signed?.by.name, signed?.readBack?.by.name], ['Test Läkare', 'Test Sköterska']);
  data(await doctor.post(at(2, 'next')));
  assert.equal(codeOf(await doctor.post(at(1, 'next'))), 'conflict', 'done');
  const close = `/api/rounds/${round.id}/close`;
  assert.deepEqual(said(await doctor.post(close)), ['conflict', 'items.1.state']);
  data(await nurse.post(at(2, 'open'), opening(second)));
  data(await doctor.write('PUT', at(2, 'decision'), decision({ as: 'needs_physical', soundEnough: null, pictureEnough: null })));
  data(await doctor.post(at(2, 'sign'), { basedOn: 1 }));
  data(await doctor.write('PUT', at(3, 'decision'), decision({ as: 'deferred', outcome: 'Sover' })));
  assert.deepEqual(said(await doctor.post(close)), ['conflict', 'items.2.signed']);
  data(await doctor.post(at(3, 'sign'), { basedOn: 1 }));
  assert.equal(codeOf(await nurse.post(close)), 'forbidden');
  data(await doctor.post(close));
  data(await doctor.post(close));
  const rows = await app.ctx.db.select().from(visits).where(eq(visits.roundId, round.id));
  const ends = new Map(rows.map(({ id, state }) => [id, state]));
  assert.deepEqual(
    round.residents.map(({ visitId }) => ends.get(visitId)),
    ['completed', 'converted_to_physical', 'cancelled'],
  );
  assert.equal((await readRound(doctor, round)).state, 'closed');
  assert.equal(codeOf(await nurse.post(at(2, 'open'), opening(second))), 'ended');
});

test('who waits for their resident’s minutes is told once that it is soon', async () => {
  const { round, nurse, at } = await scene(3, [2, 3]);
  const { db } = app.ctx;
  await db
    .update(relatives)
    .set({ channel: 'sms', phone: '+46980319211' })
    .where(
      inArray(
        relatives.id,
        round.residents.flatMap(({ relativeId }) => relativeId ?? []),
      ),
    );
  await planRound(nurse, round);
  await startRound(nurse, round);
  const told = async (): Promise<[number, string][]> => {
    const rows = await db.select().from(messages).where(eq(messages.purpose, 'turn'));
    return rows.map(({ visitId, body }) => [round.residents.findIndex((one) => one.visitId === visitId) + 1, body]);
  };
  assert.deepEqual(
    (await told()).map(([nr]) => nr),
    [2],
  );
  assert.match((await told())[0]?.[1] ?? '', /^Snart er tur: om ungefär 10 minuter\./);
  data(await nurse.post(at(2, 'next')));
  assert.deepEqual(
    (await told()).map(([nr]) => nr),
    [2],
    'the first was left and comes before the third',
  );
  const [second] = round.residents.slice(1);
  const rows = await db
    .select({ ahead: visits.turnAhead })
    .from(visits)
    .where(eq(visits.id, second?.visitId ?? ''));
  assert.equal(rows[0]?.ahead, null, 'it is their turn');
});

test('another doctor goes on with those who are left, and the former is out of them', async () => {
  const { round, nurse, doctor, at } = await scene(2);
  await planRound(nurse, round);
  await startRound(nurse, round);
  const [first] = round.residents;
  assert.ok(first);
  const colleague = await makeAccount(app.ctx.db, round.clinic.unitId, 'remotePhysician', 'Lissabon', 'Test Kollega');
  const other = await app.signedInAs(colleague);
  assert.equal(codeOf(await other.get(`/api/rounds/${round.id}`)), 'not_found');
  data(await doctor.write('PUT', at(1, 'decision'), decision()));
  data(await doctor.post(`/api/rounds/${round.id}/hand-over`, { doctor: { userId: colleague.userId, unitId: round.clinic.unitId } }));
  const { doctor: leads } = data<Round>(await other.get(`/api/rounds/${round.id}`));
  assert.equal(leads.userId, colleague.userId);
  assert.equal(codeOf(await doctor.get(`/api/rounds/${round.id}`)), 'not_found');
  data(await other.write('PUT', at(2, 'decision'), decision()));
});

test('whoever has no part in a round sees nothing of it and does nothing in it', async () => {
  const { round, nurse, at } = await scene(1);
  await planRound(nurse, round);
  const elsewhere = await makeVisit(app.ctx.db);
  const foreign = await app.signedInAs(elsewhere.nurse);
  const relative = await app.signedInAs(elsewhere.relative);
  for (const caller of [foreign, relative]) {
    assert.equal(codeOf(await caller.get(`/api/rounds/${round.id}`)), 'not_found');
    assert.equal(codeOf(await caller.post(at(1, 'next'))), 'not_found');
    assert.equal(codeOf(await caller.post(`/api/rounds/${round.id}/lock`)), 'not_found');
  }
  assert.deepEqual(data<RoundListed[]>(await foreign.get('/api/rounds')), []);
});
