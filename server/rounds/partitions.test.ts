import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { IssuedCode } from '../../contract/codes.ts';
import { Refusal } from '../../contract/refusal.ts';
import { makeRoundPeople, opening, planRound, type Resident, startRound, type TestRound } from '../../testing/round.ts';
import { type Caller, TestApp } from '../../testing/TestApp.ts';
import type { Actor } from '../identity/sessions.ts';
import { desiredState } from '../media/desiredState.ts';
import { can, isStaff } from '../policies.ts';
import { admit } from '../visits/hosting.ts';
import { keepNote } from '../visits/notes.ts';
import { comeToDoor, type Holder, knock, leaveSeat, setSending, takeSeat } from '../visits/seats.ts';
import { snapshotFor } from '../visits/views.ts';
import { loadVisit, type VisitState } from '../visits/visitState.ts';
import { goTo, open, seal } from './run.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start();
});
after(() => app[Symbol.asyncDispose]());

const residents = 3;
type Step = {
  what: 'next' | 'open' | 'seal' | 'relativeComes' | 'relativeIsLetIn' | 'relativeJoins' | 'relativeLeaves' | 'staffJoins';
  who: number;
};
const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(
    'next',
    'open',
    'open',
    'seal',
    'relativeComes',
    'relativeIsLetIn',
    'relativeJoins',
    'relativeJoins',
    'relativeLeaves',
    'staffJoins',
  ),
  who: fc.integer({ min: 0, max: residents - 1 }),
});

const actorOf = async (caller: Caller): Promise<Actor> => {
  const actor = await app.ctx.sessions.actorOf(caller.cookie);
  assert.ok(actor);
  return actor;
};

type Scene = { round: TestRound; nurse: Actor; doctor: Actor; relatives: Actor[] };
async function scene(): Promise<Scene> {
  const round = await makeRoundPeople(app.ctx.db, residents, [1, 2, 3]);
  const nurse = await app.signedInAs(round.nurse);
  const codes = await planRound(nurse, round);
  await startRound(nurse, round);
  const relatives: Actor[] = [];
  for (const { visitId } of round.residents) {
    const visit = await loadVisit(app.ctx.db, visitId);
    const seat = visit?.people.find(({ role }) => role === 'relative');
    const issued = codes.find(({ participantId }) => participantId === seat?.id) as IssuedCode;
    relatives.push(await actorOf(await app.signedInAs({ userId: seat?.userId ?? '', ...issued })));
  }
  return { round, nurse: await actorOf(nurse), doctor: await actorOf(await app.signedInAs(round.doctor)), relatives };
}

const holderOf = (actor: Actor, visit: VisitState): Holder => ({
  userId: actor.userId,
  visitId: visit.visitId,
  participantId: visit.people.find(({ userId }) => userId === actor.userId)?.id ?? '',
  tabId: actor.userId,
  socketId: actor.userId,
});

async function visitOf({ visitId }: Resident): Promise<VisitState> {
  const visit = await loadVisit(app.ctx.db, visitId);
  assert.ok(visit);
  return visit;
}

const unlessRefused = (error: unknown): void => {
  if (!(error instanceof Refusal)) throw error;
};

/** Does a step if it can be done as things stand; what is refused changes nothing. */
async function take({ round, nurse, doctor, relatives }: Scene, { what, who }: Step): Promise<void> {
  const { ctx } = app;
  const [resident, relative, now] = [round.residents[who], relatives[who], new Date()];
  assert.ok(resident && relative);
  const visit = await visitOf(resident);
  const [theirs, ours] = [holderOf(relative, visit), holderOf(doctor, visit)];
  const join = async (holder: Holder): Promise<void> => {
    await takeSeat(ctx, holder, true, now);
    for (const source of ['microphone', 'camera'] as const) await setSending(ctx, holder, source, true).catch(unlessRefused);
  };
  const steps: Record<Step['what'], () => Promise<unknown>> = {
    next: () => goTo(ctx, doctor, round.id, resident.itemId, now),
    open: () => open(ctx, nurse, round.id, resident.itemId, opening(resident) as Parameters<typeof open>[4], now),
    seal: () => seal(ctx, nurse, round.id, resident.itemId, now),
    relativeComes: async () => {
      await comeToDoor(ctx, relative, { visitId: visit.visitId, tabId: relative.userId, seat: 'own' }, relative.userId);
      await knock(ctx, theirs, now);
    },
    relativeIsLetIn: () => admit(ctx, { userId: doctor.userId, visitId: visit.visitId }, theirs.participantId),
    relativeJoins: () => join(theirs),
    relativeLeaves: () => leaveSeat(ctx, theirs),
    staffJoins: async () => {
      await join(ours);
      await join(holderOf(nurse, visit));
    },
  };
  await steps[what]().catch(unlessRefused);
}

/** What holds of every partition, whatever happened. */
async function check({ round, relatives, doctor }: Scene): Promise<void> {
  const visits = await Promise.all(round.residents.map(visitOf));
  assert.ok(visits.filter(({ partition }) => partition === 'open').length <= 1, 'one at a time');
  for (const [index, visit] of visits.entries()) {
    const staffIds = new Set(visit.people.filter(isStaff).map(({ id }) => id));
    const plans = desiredState(visit);
    const own = new Set(visit.people.map(({ id }) => id));
    for (const { participantId, maySend, hears } of plans) {
      assert.ok(own.has(participantId) && hears.every((one) => own.has(one.participantId)), 'nobody of another partition');
      if (visit.partition === 'open') continue;
      assert.ok(staffIds.has(participantId), 'nobody but staff in what is shut');
      assert.ok(
        maySend.every((source) => source === 'microphone'),
        'and no picture',
      );
      assert.ok(hears.every(({ sources }) => sources.every((source) => source === 'microphone')));
    }
    for (const [other, relative] of relatives.entries()) {
      const person = visit.people.find(({ userId }) => userId === relative.userId);
      assert.equal(person !== undefined, other === index, 'a relative has a seat with their own alone');
      if (!person || visit.partition === 'open') continue;
      const snapshot = snapshotFor(visit, person, 'tab');
      assert.deepEqual([snapshot.patient, snapshot.people, snapshot.bystanders, snapshot.epoch], [null, [], [], null]);
      assert.equal(can(person, 'visit.room', visit), false);
    }
  }
  // A note that was begun for one is not kept with another.
  const [first, second] = round.residents;
  const note = { id: randomUUID(), patientId: first?.patientId ?? '', text: 'x', basedOn: null };
  await assert.rejects(keepNote(app.ctx, doctor, second?.visitId ?? '', note, new Date()), ({ field }: Refusal) => field === 'patientId');
}

test('for any sequence of next, opening, sealing, returning, joining and leaving, nothing of one partition reaches another', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 24 }), async (steps) => {
      const now = await scene();
      for (const one of steps) {
        await take(now, one);
        await check(now);
      }
    }),
    { numRuns: 25 },
  );
});

test('a relative is in the room when their resident’s partition is open and they are let in, and out when it is shut', async () => {
  const now = await scene();
  for (const what of ['staffJoins', 'open', 'relativeComes', 'relativeIsLetIn', 'relativeJoins'] as const)
    await take(now, { what, who: 0 });
  const [resident] = now.round.residents;
  assert.ok(resident);
  assert.equal(desiredState(await visitOf(resident)).length, 3);
  await take(now, { what: 'seal', who: 0 });
  assert.equal(desiredState(await visitOf(resident)).length, 2);
  await take(now, { what: 'open', who: 0 });
  assert.equal(desiredState(await visitOf(resident)).length, 2, 'they are let in anew');
});
