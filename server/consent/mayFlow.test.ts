import assert from 'node:assert/strict';
import { test } from 'node:test';
import { desiredState } from '../media/desiredState.ts';
import type { Person, VisitState } from '../visits/visitState.ts';
import { flowsTo, mayFlow, maySend, seatedIn } from './mayFlow.ts';

const person = (id: string, part: Partial<Person> = {}): Person => ({
  id,
  visitId: 'visit',
  startsAt: new Date(0),
  userId: `user of ${id}`,
  role: 'nurse',
  name: null,
  place: '',
  unitId: 'unit',
  relativeId: null,
  partyId: null,
  aside: false,
  answers: null,
  seat: 'own',
  host: false,
  atBedside: false,
  status: 'admitted',
  presence: 'room',
  acknowledgedAt: null,
  identityMethod: null,
  identityBy: null,
  identityAt: null,
  heldBy: null,
  socketId: null,
  companionOf: null,
  sending: [],
  waitingSince: null,
  handUpAt: null,
  absentSince: null,
  slotAfter: null,
  slotMinutes: null,
  failedCodes: 0,
  ...part,
});

const visit = (people: Person[], stage: VisitState['stage'] = 'in_progress', curtainSince: Date | null = null): VisitState =>
  ({ visitId: 'visit', stage, people, curtainSince, consents: [], patient: { birthDate: '1950-01-01' } }) as unknown as VisitState;

test('two who are admitted and in the room get everything of each other, and nothing of themselves', () => {
  const [a, b] = [person('a'), person('b')];
  const state = visit([a, b]);
  assert.deepEqual(flowsTo(state, b), [{ participantId: 'a', sources: ['microphone', 'camera', 'screen', 'examination'] }]);
  assert.equal(mayFlow(state, a, 'camera', a), false);
});

for (const [what, part] of Object.entries({
  'one who waits': { status: 'waiting', presence: 'lobby' },
  'one who was invited': { status: 'invited' },
  'one who was removed': { status: 'removed' },
  'one before the door': { presence: 'lobby' },
  'one who has left': { presence: 'away' },
} satisfies Record<string, Partial<Person>>)) {
  test(`${what} gets nothing, and nobody gets anything of them`, () => {
    const [inside, outside] = [person('inside'), person('outside', part)];
    const state = visit([inside, outside]);
    assert.deepEqual(flowsTo(state, outside), []);
    assert.deepEqual(flowsTo(state, inside), []);
    assert.deepEqual(seatedIn(state), [inside]);
  });
}

test('one who fell out keeps the seat', () => {
  const state = visit([person('a'), person('b', { presence: 'returning' })]);
  assert.equal(seatedIn(state).length, 2);
});

test('a companion has no sound, in or out, and keeps the picture', () => {
  const [a, beside] = [person('a'), person('beside', { companionOf: 'a' })];
  const state = visit([a, beside]);
  assert.equal(maySend(state, beside, 'microphone'), false);
  assert.deepEqual(flowsTo(state, beside), [{ participantId: 'a', sources: ['camera', 'screen', 'examination'] }]);
  assert.deepEqual(flowsTo(state, a), [{ participantId: 'beside', sources: ['camera', 'screen', 'examination'] }]);
});

test('nothing flows in a visit that is over', () => {
  for (const stage of ['documenting', 'completed', 'cancelled', 'no_show', 'requested'] as const) {
    assert.deepEqual(seatedIn(visit([person('a'), person('b')], stage)), []);
  }
});

test('behind the curtain nothing flows to anybody, and what is sent is held at the SFU', () => {
  const state = visit([person('a', { sending: ['microphone', 'camera'] }), person('b')], 'in_progress', new Date(0));
  assert.deepEqual(
    desiredState(state).map(({ participantId, paused, hears }) => ({ participantId, paused, hears })),
    ['a', 'b'].map((participantId) => ({ participantId, paused: ['microphone', 'camera', 'screen', 'examination'], hears: [] })),
  );
});

test('a talk aside that is agreed to is between its people alone, and the others hear each other on; before the yes nothing changes', () => {
  const [a, b, c, d] = [person('a'), person('b'), person('c'), person('d')];
  const people = [a, b, c, d];
  for (const agreed of [false, true]) {
    const state = { ...visit(people), sideTalk: { participantIds: ['a', 'b'], agreed } };
    for (const from of people)
      for (const to of people) {
        const together = [a, b].includes(from) === [a, b].includes(to);
        assert.equal(mayFlow(state, from, 'microphone', to), from !== to && (together || !agreed), `${from.id} to ${to.id}`);
      }
  }
});
