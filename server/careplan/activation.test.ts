import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gapsOf } from './activation.ts';

type Judged = Parameters<typeof gapsOf>[0];
const whole: Judged = {
  plan: { responsiblePartyId: 'region', followUpOn: '2099-01-01', noOtherMeasures: false, personStance: 'accepted' },
  parties: [
    { id: 'region', kind: 'region', answer: 'accepted', stance: 'accepted' },
    { id: 'school', kind: 'school', answer: 'accepted', stance: 'dissent' },
    { id: 'office', kind: 'employment', answer: 'declined', stance: null },
    { id: 'sister', kind: 'relative', answer: null, stance: null },
  ],
  parts: [
    { id: 'a', kind: 'intervention', chosen: { partyId: 'region' }, texts: { what: 'Besök' } },
    { id: 'b', kind: 'measure', chosen: { partyId: null }, texts: { what: 'Systern ringer' } },
    { id: 'c', kind: 'intervention', chosen: { partyId: null }, texts: { what: ' ' } },
  ],
};

test('a plan that says the statutory four, when it is followed up and where everybody stands lacks nothing; dissent is no gap', () => {
  assert.deepEqual(gapsOf(whole), []);
});

const lacking: [string, Partial<Omit<Judged, 'plan'>> & { plan?: Partial<Judged['plan']> }, string[]][] = [
  ['no intervention', { parts: whole.parts.filter(({ kind }) => kind === 'measure') }, ['interventions']],
  ['nobody answers for one', { parts: whole.parts.map((part) => ({ ...part, texts: { what: 'x' } })) }, ['principals']],
  [
    'a relative answers for one',
    { parts: whole.parts.map((part) => (part.id === 'a' ? { ...part, chosen: { partyId: 'sister' } } : part)) },
    ['principals'],
  ],
  ['others’ measures not said', { parts: whole.parts.filter(({ kind }) => kind === 'intervention') }, ['measures']],
  ['nobody has the responsibility', { plan: { responsiblePartyId: null } }, ['responsible']],
  ['a relative has it', { plan: { responsiblePartyId: 'sister' } }, ['responsible']],
  ['no follow-up', { plan: { followUpOn: null } }, ['followUp']],
  ['a party that came has not said', { parties: whole.parties.map((one) => ({ ...one, stance: null })) }, ['stances']],
  ['the person has not said', { plan: { personStance: null } }, ['person']],
];
for (const [name, { plan, ...rest }, gaps] of lacking) {
  test(`a gap: ${name}`, () => assert.deepEqual(gapsOf({ ...whole, ...rest, plan: { ...whole.plan, ...plan } }), gaps));
}

test('that others take no measures may be said', () => {
  const parts = whole.parts.filter(({ kind }) => kind === 'intervention');
  assert.deepEqual(gapsOf({ ...whole, parts, plan: { ...whole.plan, noOtherMeasures: true } }), []);
});
