import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { VisitListed } from '../../contract/visits.ts';
import { auditEntries } from '../../drizzle/schema/index.ts';
import { makeCareHome, makeVisit } from '../../testing/care.ts';
import { codeOf, TestApp, until } from '../../testing/TestApp.ts';
import { freeSeats } from './absence.ts';
import { careDay } from './today.ts';
import { loadVisit } from './visitState.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start({ sfu: true });
});
after(() => app[Symbol.asyncDispose]());

test('the care day is the Swedish one, also when it has 23 or 25 hours', () => {
  const hours = (iso: string): number => {
    const { from, to } = careDay(new Date(iso));
    return (to.getTime() - from.getTime()) / 3_600_000;
  };
  assert.equal(careDay(new Date('2026-11-21T22:59:00Z')).from.toISOString(), '2026-11-20T23:00:00.000Z');
  assert.equal(careDay(new Date('2026-11-21T23:00:00Z')).from.toISOString(), '2026-11-21T23:00:00.000Z');
  assert.equal(hours('2026-03-29T12:00:00Z'), 23);
  assert.equal(hours('2026-10-25T12:00:00Z'), 25);
});

test("staff see the day's visits of their units and those that they take part in, and no others", async () => {
  const home = await makeCareHome(app.ctx.db);
  const [mine, colleagues] = [await makeVisit(app.ctx.db, new Date(), home), await makeVisit(app.ctx.db, new Date(), home)];
  const elsewhere = await makeVisit(app.ctx.db);
  await makeVisit(app.ctx.db, new Date(Date.now() + 3 * 86_400_000), home);
  await makeVisit(app.ctx.db);
  const nurse = await app.signedInAs(mine.nurse);
  const idsOf = async (path = ''): Promise<string[]> => {
    const reply = await nurse.get(`/api/visits/today${path}`);
    assert.ok(reply.ok);
    return (reply.data as VisitListed[]).map(({ id }) => id).sort();
  };
  assert.deepEqual(await idsOf(), [mine.id, colleagues.id].sort());
  const asked = { kind: 'staff', userId: mine.nurse.userId, unitId: home.unitId, host: false, atBedside: false };
  assert.equal(codeOf(await (await app.signedInAs(elsewhere.doctor)).post(`/api/visits/${elsewhere.id}/people`, asked)), null);
  assert.deepEqual(await idsOf(), [mine.id, colleagues.id, elsewhere.id].sort());
  assert.deepEqual(await idsOf('?day=2020-01-01'), []);
});

test('admitting over REST lets in one who waits; twice is once; and each step is in the audit', async () => {
  const visit = await makeVisit(app.ctx.db);
  const guest = await (await app.signedInAs(visit.relative)).visit(visit.id);
  await guest.ask('lobby:knock', {});
  const nurse = await app.signedInAs(visit.nurse);
  const admit = () => nurse.post(`/api/visits/${visit.id}/admit`, { participantId: visit.relative.participantId });
  assert.deepEqual((await Promise.all([admit(), admit()])).map(codeOf), [null, null]);
  const rows = await app.ctx.db.select().from(auditEntries).where(eq(auditEntries.subjectId, visit.relative.participantId));
  assert.deepEqual(
    rows.map(({ action, actorId }) => [action, actorId]),
    [
      ['guest.enter', visit.relative.userId],
      ['visit.lobby', visit.relative.userId],
      ['visit.knock', visit.relative.userId],
      ['people.admit', visit.nurse.userId],
    ],
  );
});

test('a refused change writes nothing, not even an audit row', async () => {
  const visit = await makeVisit(app.ctx.db);
  const guest = await app.signedInAs(visit.relative);
  const before = await loadVisit(app.ctx.db, visit.id);
  const rows = async () => (await app.ctx.db.select().from(auditEntries)).length;
  const count = await rows();
  assert.equal(codeOf(await guest.post(`/api/visits/${visit.id}/admit`, { participantId: visit.relative.participantId })), 'forbidden');
  assert.deepEqual(await loadVisit(app.ctx.db, visit.id), before);
  assert.equal(await rows(), count);
});

test('who falls out keeps the seat for a while, and then it is free', async () => {
  const visit = await makeVisit(app.ctx.db);
  const doctor = await (await app.signedInAs(visit.doctor)).visit(visit.id);
  await doctor.join();
  doctor.socket.disconnect();
  const presence = async () =>
    (await loadVisit(app.ctx.db, visit.id))?.people.find(({ id }) => id === visit.doctor.participantId)?.presence;
  await until(async () => (await presence()) === 'returning');
  await freeSeats(app.ctx, new Date(Date.now() + app.ctx.env.SEAT_KEPT_MS - 5_000));
  assert.equal(await presence(), 'returning');
  await freeSeats(app.ctx, new Date(Date.now() + app.ctx.env.SEAT_KEPT_MS + 1_000));
  assert.equal(await presence(), 'away');
});

test('every change raises the revision, and snapshots come in order', async () => {
  const visit = await makeVisit(app.ctx.db);
  const doctor = await (await app.signedInAs(visit.doctor)).visit(visit.id);
  const revisions: number[] = [];
  doctor.socket.on('visit:snapshot', ({ revision }: { revision: number }) => revisions.push(revision));
  await doctor.join();
  const guest = await (await app.signedInAs(visit.relative)).visit(visit.id);
  await guest.ask('lobby:knock', {});
  await guest.ask('lobby:leave', {});
  await until(() => revisions.length >= 4);
  assert.deepEqual(
    revisions,
    [...revisions].sort((a, b) => a - b),
  );
});
