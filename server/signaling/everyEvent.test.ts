import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { visitRequests } from '../../contract/visitSocket.ts';
import { participants } from '../../drizzle/schema/index.ts';
import { addPatientByLink, makeVisit, type TestVisit } from '../../testing/care.ts';
import { codeOf, opusTrack, TestApp, type VisitCaller } from '../../testing/TestApp.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start({ sfu: true });
});
after(() => app[Symbol.asyncDispose]());

/** Who is on a visit: leading it, beside the patient, the patient, somebody close who is in, waits, or was put out; and staff whose session has locked. */
const seats = ['host', 'bedside', 'patient', 'relative', 'waiting', 'withheld', 'locked'] as const;
type Seat = (typeof seats)[number];

type Event = keyof typeof visitRequests;
const everybody: Seat[] = [...seats];
const inside: Seat[] = ['host', 'bedside', 'patient', 'relative', 'locked'];
const staff: Seat[] = ['host', 'bedside'];
const attending: Seat[] = ['host', 'bedside', 'patient'];

/** Written by hand: who may ask what. What is not here is refused. */
const allowed: Record<Event, Seat[]> = {
  'lobby:knock': everybody,
  'lobby:leave': everybody,
  'line:ping': everybody,
  'seat:sitWith': inside,
  'visit:join': inside,
  'visit:leave': inside,
  'media:start': inside,
  'media:stop': inside,
  'media:pause': inside,
  'media:resume': inside,
  'line:sends': inside,
  'line:sample': inside,
  'media:show': inside,
  'devices:are': inside,
  'people:admit': staff,
  'people:code': staff,
  'people:identity': staff,
  'people:bystander': staff,
  'people:bystanderLeft': staff,
  'visit:identity': staff,
  'interpreter:instead': staff,
  'visit:begin': staff,
  'examination:ask': staff,
  'camera:wish': ['bedside'], // of what one sees: here each is alone, and the bedside sees their own
  // Help is never locked.
  'visit:toPhone': [...staff, 'locked'],
  'emergency:raise': [...staff, 'locked'],
  'emergency:over': [...staff, 'locked'],
  'visit:acknowledge': [...attending, 'locked'],
  'examination:done': [...attending, 'locked'],
  'examination:thaw': [...attending, 'locked'],
  'mark:point': [...attending, 'locked'],
  'mark:stroke': [...attending, 'locked'],
  'mark:clear': [...attending, 'locked'],
  'emergency:iCall': [...attending, 'locked'],
  'consent:give': attending,
  'consent:withdraw': [...attending, 'locked'],
  'curtain:draw': ['bedside', 'patient', 'locked'],
  'curtain:lift': ['bedside', 'patient', 'locked'],
  'visit:stop': ['bedside', 'patient', 'locked'],
  'talk:answer': ['bedside', 'patient', 'locked'],
  'people:mute': ['host'],
  'people:toLobby': ['host'],
  'people:remove': ['host'],
  'visit:end': ['host'],
  'agenda:take': ['host'],
  'talk:propose': ['host'],
  'talk:end': ['host'],
  'hand:raise': inside,
  'hand:lower': ['host'],
  'table:round': ['host'],
  'table:next': inside, // of whoever has the word, and the host; without a round it does nothing
};

const requestOf = (event: Event, { relative: { participantId } }: TestVisit, caller: VisitCaller): unknown => {
  const of = { participantId };
  const requests: Partial<Record<Event, unknown>> = {
    'seat:sitWith': { participantId: null },
    'visit:join': { ...caller.offer(), takeOver: true },
    'media:start': { source: 'microphone', rtpParameters: opusTrack(), paused: false },
    'media:stop': { source: 'camera' },
    'media:pause': { source: 'camera' },
    'media:resume': { source: 'camera' },
    'line:sends': { step: 'good' },
    'line:sample': {},
    'media:show': { consumers: [] },
    'devices:are': { cameras: { camera: null, examination: null }, cameraCount: 1, bodySounds: false },
    'examination:ask': { id: randomUUID(), view: 'wound', words: '', picture: false, site: null },
    'examination:done': { id: randomUUID(), shown: true },
    'examination:thaw': { id: randomUUID() },
    'camera:wish': { participantId: caller.snapshot?.you.id, source: 'camera', torch: true },
    'mark:point': { participantId: caller.snapshot?.you.id, source: 'camera', at: [500, 500] },
    'mark:stroke': { participantId: caller.snapshot?.you.id, source: 'camera', id: randomUUID(), points: [[1, 2]] },
    'people:admit': of,
    'people:code': of,
    'people:identity': { ...of, method: 'documentShown' },
    'people:bystander': { id: randomUUID(), name: 'Test Nära', role: 'relative', besideId: participantId },
    'people:bystanderLeft': { id: randomUUID() },
    'visit:identity': { method: 'knownToStaff' },
    'interpreter:instead': { kind: 'phone' },
    'emergency:over': { mistaken: true },
    'visit:acknowledge': { ids: [participantId] },
    'consent:give': { ...of, capacity: 'own', capacityNote: '', guardianId: null },
    'consent:withdraw': of,
    'agenda:take': { itemId: null },
    'talk:propose': { participantIds: [participantId, randomUUID()] },
    'talk:answer': { yes: true },
    'hand:raise': { up: true },
    'hand:lower': of,
    'table:round': { on: false },
    'people:mute': of,
    'people:toLobby': of,
    'people:remove': of,
  };
  return requests[event] ?? {};
};

async function at(visit: TestVisit, seat: Seat): Promise<VisitCaller> {
  const { db } = app.ctx;
  const set = (participantId: string, status: 'admitted' | 'waiting' | 'withheld') =>
    db.update(participants).set({ status }).where(eq(participants.id, participantId));
  if (seat === 'patient') {
    const guest = await addPatientByLink(db, visit);
    await set(guest.participantId, 'admitted');
    return (await app.signedInAs(guest)).visit(visit.id);
  }
  if (seat === 'relative' || seat === 'waiting' || seat === 'withheld') {
    await set(visit.relative.participantId, seat === 'relative' ? 'admitted' : seat);
    return (await app.signedInAs(visit.relative)).visit(visit.id);
  }
  const caller = await app.signedInAs(seat === 'host' ? visit.doctor : visit.nurse);
  const socket = await caller.visit(visit.id);
  if (seat === 'locked') {
    assert.equal(codeOf(await socket.join()), null);
    await caller.post('/api/session/lock');
  }
  return socket;
}

const shutOut = new Set(['unknown_event', 'forbidden', 'locked']);

test('every event there is has its row', () => {
  assert.deepEqual(Object.keys(allowed).toSorted(), Object.keys(visitRequests).toSorted());
});

for (const event of Object.keys(allowed) as Event[]) {
  test(`${event}: ${allowed[event].length === seats.length ? 'everybody' : allowed[event].join(', ')}`, async () => {
    const answers: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const seat of seats) {
      const visit = await makeVisit(app.ctx.db);
      const caller = await at(visit, seat);
      const code = codeOf(await caller.ask(event, requestOf(event, visit, caller))) ?? 'ok';
      answers[seat] = shutOut.has(code) ? 'shut out' : 'let in';
      expected[seat] = allowed[event].includes(seat) ? 'let in' : 'shut out';
      caller.socket.disconnect();
    }
    assert.deepEqual(answers, expected);
  });
}
