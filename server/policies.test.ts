import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { actorOf, type Cell, cells, isAllowed, places, ties, who } from '../testing/permissions/cells.ts';
import { permissionPage } from '../testing/permissions/table.ts';
import { may, type Right } from './policies.ts';

/**
 * What is right, written by hand from the rules of the domain, not from the policies: who, in which place, by which tie. Least
 * privilege by assignment (2008:355 4 kap. 1–2 §§); default deny across organisations (2009:400 25 kap. 1 §, 26 kap. 1 §).
 */
const clinical = ['remotePhysician', 'physician', 'nurse', 'assistantNurse', 'careCoordinator'];
const caring = [...clinical, 'unitHead'];
const staff = [...caring, 'needsAssessor', 'administrator'];
const anyTie = ties;
type Rule = { who: string[]; places: readonly Cell['place'][]; ties: readonly Cell['tie'][] };

const atUnit = (people: string[]): Rule => ({ who: people, places: ['unit'], ties: anyTie });
const inOrganisation = (people: string[]): Rule => ({ who: people, places: ['unit', 'organisation'], ties: anyTie });
const anywhere = (people: string[]): Rule => ({ who: people, places, ties: anyTie });
const bySeat = (people: string[]): Rule => ({ who: people, places, ties: ['seat', 'host'] });
const asHost = (people: string[]): Rule => ({ who: people, places, ties: ['host'] });
/** By clinical staff of the patient's own care provider. */
const byOpening: Rule = { who: clinical, places: ['unit', 'organisation'], ties: ['opened'] };

const registers = inOrganisation(['administrator']); // running the installation shows nobody's patients
const administers = [inOrganisation(['administrator']), anywhere(['operator'])];

const rules: Record<Right, Rule[]> = {
  'visit.book': [atUnit(caring)],
  'booking.double': [atUnit(['remotePhysician', 'physician', 'nurse', 'careCoordinator', 'unitHead'])],
  'unit.plan': [atUnit(['unitHead', 'careCoordinator']), ...administers],
  // A needs assessor or an administrator sees a visit only if they were asked to it.
  'visit.read': [atUnit(caring), bySeat(staff)],
  'visit.change': [atUnit(caring), asHost(staff)],
  'visit.document': [atUnit(clinical), bySeat(clinical)],
  'still.take': [atUnit(clinical), bySeat([...clinical, 'patient'])],
  'delegation.read': [atUnit(caring)],
  'delegation.give': [atUnit(['remotePhysician', 'physician', 'nurse'])],
  'snippet.keep': [anywhere(clinical)],
  'measurement.record': [atUnit(clinical)],
  'measurement.order': [anywhere(['remotePhysician', 'physician'])],
  'round.read': [atUnit(caring), bySeat(staff)],
  'round.prepare': [atUnit(clinical), asHost(staff)],
  'round.lead': [asHost(staff)],
  'round.bedside': [atUnit(clinical)],
  'plan.propose': [atUnit([...caring, 'needsAssessor'])],
  'plan.assess': [atUnit(['needsAssessor'])],
  'directory.read': [anywhere([...caring, 'needsAssessor'])],
  'directory.keep': [anywhere(['unitHead', 'careCoordinator', 'administrator', 'operator'])],
  'patient.register': [atUnit(caring), registers],
  'patient.read': [atUnit(caring), byOpening, registers],
  'patient.change': [atUnit(caring), registers],
  'patient.open': [atUnit(clinical)],
  'patient.emergency': [atUnit(clinical), byOpening],
  'patient.visits': [atUnit(caring), byOpening],
  'unit.administer': administers,
  'access.review': [atUnit(['unitHead'])],
  'policy.administer': [anywhere(['operator'])],
  'organisation.add': [anywhere(['operator'])],
  'colleagues.read': [anywhere(caring)],
  'consent.keep': [atUnit(caring)],
  'consent.own': [anywhere(['patient'])],
  'visits.own': [anywhere(['patient'])],
};

const expected = ({ right, who: one, place, tie }: Cell): boolean =>
  rules[right].some((rule) => rule.who.includes(one) && rule.places.includes(place) && rule.ties.includes(tie));

test('every cell of the matrix is decided, and as the rules have it', () => {
  assert.ok(cells.length > 2_000);
  const wrong = cells.filter((cell) => isAllowed(cell) !== expected(cell));
  assert.deepEqual(wrong, []);
});

test('whatever is combined, an actor has what each of their parts has and nothing more', () => {
  const cell = fc.record({
    right: fc.constantFrom(...(Object.keys(rules) as Right[])),
    who: fc.constantFrom(...who),
    place: fc.constantFrom(...places),
    tie: fc.constantFrom(...ties),
  });
  fc.assert(
    fc.property(cell, fc.constantFrom(...who), fc.constantFrom(...places), (one, other, elsewhere) => {
      const [first, second] = [actorOf(one), actorOf({ who: other, place: elsewhere })];
      if (first.kind !== 'staff' || second.kind !== 'staff' || one.tie !== 'none') return;
      const both = { ...first, operator: first.operator || second.operator, assignments: [...first.assignments, ...second.assignments] };
      const subject = {
        unitId: 'unit',
        organisationId: 'organisation',
        unitIds: ['unit'],
        opened: false,
        visitId: 'visit',
        people: [],
      } as never;
      const parts = [one, { ...one, who: other, place: elsewhere }].some(expected);
      assert.equal(may(both, one.right, subject), parts);
    }),
    { numRuns: 3_000 },
  );
});

test('a session begun with a code has no rights of its own, whoever the person is', () => {
  fc.assert(
    fc.property(fc.constantFrom(...(Object.keys(rules) as Right[])), (right) => {
      const guest = { ...actorOf({ who: 'patient', place: 'unit' }), onlyVisitId: 'visit' };
      const subject = { unitId: 'unit', organisationId: 'organisation', unitIds: ['unit'], visitId: 'visit', people: [] } as never;
      assert.equal(may(guest, right, subject), false);
    }),
  );
});

test('the page of the documentation is as the policies are', () => {
  assert.equal(
    readFileSync(new URL('../docs/permissions.md', import.meta.url), 'utf8'),
    permissionPage(),
    'run: node testing/permissions/write.ts',
  );
});
