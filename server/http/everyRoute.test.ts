import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { and, desc, eq } from 'drizzle-orm';
import { nothingChosen } from '../../contract/planParts.ts';
import { type Route, type RouteKey, routes } from '../../contract/routes.ts';
import type { Reply } from '../../contract/wire.ts';
import {
  agreements,
  assignments,
  auditEntries,
  carePlanParties,
  carePlanParts,
  carePlans,
  consents,
  delegations,
  directoryUnits,
  forms,
  formVersions,
  frozenPictures,
  identityProviders,
  measurements,
  messages,
  observations,
  planTemplates,
  planTemplateVersions,
  recordBlocks,
  referrals,
  resources,
  roundItems,
  rounds,
  stillPictures,
  stills,
  users,
  visits,
  visitTypes,
} from '../../drizzle/schema/index.ts';
import {
  type Account,
  addUserPassword,
  type CareHome,
  makeAccount,
  makeCareHome,
  makePatient,
  makeUnit,
  makeVisit,
  type TestVisit,
  testNumber,
} from '../../testing/care.ts';
import { jpegOf } from '../../testing/jpeg.ts';
import { type CallerName, callers, type Fixture, routeTable, yesNo } from '../../testing/permissions/routes.ts';
import { type Caller, TestApp } from '../../testing/TestApp.ts';

let app: TestApp;
let home: CareHome;
let standing: Record<'colleague' | 'foreign' | 'assessor' | 'head' | 'administrator' | 'foreignAdministrator' | 'operator', Account>;
let other: { organisationId: string; patient: Account };

before(async () => {
  app = await TestApp.start();
  const { db } = app.ctx;
  home = await makeCareHome(db);
  const elsewhere = await makeCareHome(db);
  const second = await makeUnit(db, home.organisationId, 'Andra enheten');
  const operator = await makeAccount(db, home.unitId, 'nurse');
  await db.update(users).set({ operator: true }).where(eq(users.id, operator.userId));
  await db.delete(assignments).where(eq(assignments.userId, operator.userId));
  standing = {
    colleague: await makeAccount(db, second.unitId, 'nurse'),
    foreign: await makeAccount(db, elsewhere.unitId, 'nurse'),
    assessor: await makeAccount(db, home.unitId, 'needsAssessor'),
    head: await makeAccount(db, home.unitId, 'unitHead'),
    administrator: await makeAccount(db, home.unitId, 'administrator'),
    foreignAdministrator: await makeAccount(db, elsewhere.unitId, 'administrator'),
    operator,
  };
  const stranger = await makePatient(db, elsewhere);
  other = { organisationId: elsewhere.organisationId, patient: await addUserPassword(db, stranger) };
});
after(() => app[Symbol.asyncDispose]());

async function idOf(made: Promise<{ id: string }[]>): Promise<string> {
  const [row] = await made;
  assert.ok(row, 'a fixture was not made');
  return row.id;
}

let made = 0;

const numberOf = (serial: number, last: number): string =>
  testNumber(`${1930 + (serial % 60)}-03-${String(1 + (Math.floor(serial / 60) % 28)).padStart(2, '0')}`, last);

/** A visit of the unit with everything around it that a route can be about. */
async function fixture(): Promise<Fixture> {
  const { db } = app.ctx;
  const serial = ++made;
  const number = numberOf(serial, 985);
  const visit = await makeVisit(db, new Date(), home, { number });
  const { patientId, unitId, organisationId, startsAt } = visit;
  const requestId = randomUUID();
  const queuedId = crypto.randomUUID();
  await db.insert(visits).values({ id: queuedId, unitId, patientId, startsAt, place: '', state: 'requested', queuedAt: startsAt });
  await db.insert(visits).values({ id: requestId, unitId, patientId, startsAt, place: '', state: 'requested' });
  const consent = { patientId, type: 'carePlan' as const, capacity: 'own' as const, form: 'oral' as const, keptBy: patientId };
  const agreement = {
    organisationId,
    giverId: other.organisationId,
    covers: 'x',
    from: new Date(serial * 24 * 3_600_000).toISOString().slice(0, 10),
  };
  const provider = {
    name: 'Prov',
    audience: 'staff' as const,
    issuer: 'http://localhost:9/nobody',
    clientId: 'samrum',
    scope: 'openid',
    claims: { person: 'employeeHsaId', assignment: null, level: 'acr' },
    levels: { loa3: 3 },
  };
  const nurse = await app.signedInAs(visit.nurse);
  await nurse.get(`/api/patients/${patientId}`);
  const [entry] = await db
    .select({ id: auditEntries.id })
    .from(auditEntries)
    .where(and(eq(auditEntries.patientId, patientId), eq(auditEntries.action, 'patient.read')))
    .orderBy(desc(auditEntries.id));
  const formId = await idOf(db.insert(forms).values({ unitId }).returning({ id: forms.id }));
  await db.insert(formVersions).values({ formId, version: 1, title: 'Prov', questions: [yesNo], madeBy: visit.nurse.userId });
  const asking = { unitId, name: 'Frågar', modality: 'video' as const, minutes: 30, formId };
  const round = {
    id: randomUUID(),
    unitId,
    startsAt,
    minutesEach: 10,
    doctorId: visit.doctor.userId,
    doctorUnitId: unitId,
    madeBy: unitId,
  };
  await db.insert(rounds).values({ ...round, bedside: [{ userId: visit.nurse.userId, unitId }] });
  const resident = { visitId: randomUUID(), patientId: await makePatient(db, home, { number: numberOf(serial, 986) }) };
  await db
    .insert(visits)
    .values({ id: resident.visitId, unitId, patientId: resident.patientId, startsAt, place: '', roundId: round.id, partition: 'sealed' });
  const item = { id: randomUUID(), roundId: round.id, position: 1, urgency: 'routine' as const, infected: false };
  await db.insert(roundItems).values({ ...item, ...resident });
  const observation = { id: randomUUID(), patientId, unitId, visitId: visit.id, observedAt: startsAt, spo2Scale: 1 };
  await db.insert(observations).values(observation);
  const reading = { id: randomUUID(), observationId: observation.id, patientId, kind: 'pulse_per_minute' as const, value: 70 };
  const measured = { measuredAt: startsAt, recordedAt: startsAt, method: 'manual' as const, recordedBy: visit.nurse.userId };
  await db.insert(measurements).values({ ...reading, ...measured });
  const [consentId, picture] = [await idOf(db.insert(consents).values(consent).returning({ id: consents.id })), await jpegOf(40, 30)];
  const [stillId, ownStillId, frozenId] = [randomUUID(), randomUUID(), randomUUID()];
  const about = {
    visitId: visit.id,
    patientId,
    unitId,
    kind: 'record' as const,
    site: 'left_heel' as const,
    scaled: false,
    camera: 'Prov',
  };
  const taken = { ...about, takenAt: startsAt, announcedAt: startsAt, consentId, keptUntil: new Date(Date.now() + 1e9) };
  await db.insert(stills).values([
    { ...taken, id: stillId, takenBy: visit.doctor.userId, arrivedAt: startsAt, width: 40, height: 30 },
    { ...taken, id: ownStillId, takenBy: visit.nurse.userId },
  ]);
  await db.insert(stillPictures).values({ stillId, picture, small: picture });
  await db.insert(frozenPictures).values({ visitId: visit.id, id: frozenId, frozenAt: startsAt, picture });
  const frozen = {
    id: frozenId,
    participantId: visit.nurse.participantId,
    source: 'camera' as const,
    byId: frozenId,
    width: 40,
    height: 30,
  };
  await db.update(visits).set({ frozen }).where(eq(visits.id, visit.id));
  const day = startsAt.toISOString().slice(0, 10);
  const delegated = { unitId, userId: visit.nurse.userId, task: 'oralOrder' as const, givenBy: visit.doctor.userId, from: day, until: day };
  const delegationId = await idOf(db.insert(delegations).values(delegated).returning({ id: delegations.id }));
  const asked = {
    visitId: visit.id,
    participantId: visit.nurse.participantId,
    question: 'x',
    askedBy: visit.doctor.userId,
    askedAt: startsAt,
  };
  const referralId = await idOf(
    db
      .insert(referrals)
      .values({ id: crypto.randomUUID(), ...asked })
      .returning({ id: referrals.id }),
  );
  const askingTypeId = await idOf(db.insert(visitTypes).values(asking).returning({ id: visitTypes.id }));
  await db.update(visits).set({ typeId: askingTypeId }).where(eq(visits.id, visit.id));
  return {
    ...visit,
    number,
    requestId,
    blockId: await idOf(db.insert(recordBlocks).values({ patientId, unitId, setBy: patientId }).returning({ id: recordBlocks.id })),
    consentId: await idOf(db.insert(consents).values(consent).returning({ id: consents.id })),
    agreementId: await idOf(db.insert(agreements).values(agreement).returning({ id: agreements.id })),
    providerId: await idOf(db.insert(identityProviders).values(provider).returning({ id: identityProviders.id })),
    entryId: entry?.id ?? 0,
    queuedId,
    formId,
    measurementId: reading.id,
    delegationId,
    referralId,
    ...{ stillId, ownStillId, frozenId, picture },
    roundId: round.id,
    itemId: item.id,
    ...(await plan(visit)),
    letterId: await idOf(
      db
        .insert(messages)
        .values({ visitId: visit.id, purpose: 'invitation', channel: 'letter', address: '', recipient: 'Test', subject: 'x', body: 'x' })
        .returning({ id: messages.id }),
    ),
    typeId: await idOf(
      db
        .insert(visitTypes)
        .values({ unitId, name: 'Prov', modality: 'video', minutes: 30, openToPatients: true })
        .returning({ id: visitTypes.id }),
    ),
    resourceId: await idOf(db.insert(resources).values({ unitId, kind: 'room', name: 'Prov' }).returning({ id: resources.id })),
    assignmentId: await idOf(db.select({ id: assignments.id }).from(assignments).where(eq(assignments.userId, visit.nurse.userId))),
  };
}

async function plan({ patientId, unitId, nurse }: TestVisit) {
  const { db } = app.ctx;
  const [planId, partyId, partId] = [randomUUID(), randomUUID(), randomUUID()];
  const madeBy = nurse.userId;
  await db.insert(carePlans).values({ id: planId, patientId, unitId, state: 'preparing', need: 'Prov', proposedBy: 'Prov', madeBy });
  await db.insert(carePlanParties).values({ id: partyId, planId, kind: 'school', name: 'Skolan', channel: 'letter' });
  const given = { patientId, capacity: 'own' as const, form: 'oral' as const, keptBy: madeBy, carePlanId: planId };
  await db.insert(consents).values({ ...given, type: 'carePlan' });
  const part = { kind: 'intervention' as const, areas: ['school' as const], position: 1, chosen: JSON.stringify(nothingChosen) };
  await db.insert(carePlanParts).values({ id: partId, planId, ...part, madeBy });
  const unit = { principal: 'Provkommunen', name: 'Skolan', kind: 'school' as const, channel: 'letter' as const };
  const directoryId = await idOf(db.insert(directoryUnits).values(unit).returning({ id: directoryUnits.id }));
  const templateId = await idOf(db.insert(planTemplates).values({ unitId }).returning({ id: planTemplates.id }));
  const content = { kinds: [], items: [], parts: [], questions: [] };
  await db.insert(planTemplateVersions).values({ templateId, version: 1, name: 'Prov', content, madeBy });
  return { planId, partyId, partId, directoryId, templateId };
}

async function callerOf(name: CallerName, f: Fixture): Promise<Caller> {
  if (name === 'stranger') return app.stranger();
  if (name === 'guest') return app.signedInAs(f.relative);
  if (name === 'nurse') return app.signedInAs(f.nurse);
  if (name === 'otherPatient') return app.signedInAs(other.patient);
  if (name === 'patient') return app.signedInAs(await addUserPassword(app.ctx.db, f.patientId));
  if (name !== 'locked') return app.signedInAs(standing[name]);
  const caller = await app.signedInAs(f.nurse);
  await caller.post('/api/session/lock');
  return caller;
}

const shutOut = new Set(['unauthenticated', 'forbidden', 'not_found', 'locked']);

async function ask(key: RouteKey, name: CallerName, f: Fixture): Promise<string> {
  const caller = await callerOf(name, f);
  const { params = {}, query = '', body, picture } = await routeTable[key as keyof typeof routeTable].ask(f, caller);
  const [method = '', template = ''] = key.split(' ');
  const path = template.replace(/:(\w+)/g, (_, one: string) => params[one] ?? 'missing') + query;
  if (picture || (routes[key as keyof typeof routes] as Route).bytes === 'out') return exchanged(caller, method, path, picture);
  const reply = key === 'GET /api/login/callback' ? await redirected(caller, path) : await reach(caller, method, path, body);
  return reply.ok ? 'ok' : reply.code;
}

/** Where one side of the exchange is a picture. */
async function exchanged(caller: Caller, method: string, path: string, picture: Uint8Array<ArrayBuffer> | undefined): Promise<string> {
  const response = await caller.send(path, { method, ...(picture && { body: picture, headers: { 'content-type': 'image/jpeg' } }) });
  if (response.headers.get('content-type') === 'image/jpeg') return 'ok';
  const reply = (await response.json()) as Reply<unknown>;
  return reply.ok ? 'ok' : reply.code;
}

const reach = (caller: Caller, method: string, path: string, body: unknown): Promise<Reply<unknown>> =>
  method === 'GET' ? caller.get(path) : caller.write(method, path, body ?? {});

async function redirected(caller: Caller, path: string): Promise<Reply<unknown>> {
  const { status } = await caller.send(path, { redirect: 'manual' });
  assert.equal(status, 303);
  return { ok: true, data: null };
}

test('every route there is has its row, and no row is of a route that is gone', () => {
  assert.deepEqual(Object.keys(routeTable).toSorted(), Object.keys(routes).toSorted());
});

for (const [key, route] of Object.entries(routes) as [RouteKey, Route][]) {
  const { letIn } = routeTable[key as keyof typeof routeTable];
  test(`${key}: ${letIn === 'everybody' ? letIn : letIn.join(', ') || 'nobody'}`, async () => {
    const shared = await fixture();
    const answers: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const name of callers) {
      const open = letIn === 'everybody' || letIn.includes(name);
      const code = await ask(key, name, open && letIn !== 'everybody' ? await fixture() : shared);
      // Whoever is let in may still be told that it makes no sense; whoever is not is told nothing but that.
      const refused = letIn === 'everybody' ? ['unauthenticated', 'forbidden', 'locked'].includes(code) : shutOut.has(code);
      answers[name] = refused ? `shut out (${code})` : 'let in';
      expected[name] = open ? 'let in' : refused ? answers[name] : 'shut out';
      if (!open) assert.notEqual(code, 'invalid', `${name} was refused for what they sent, not for who they are`);
    }
    assert.deepEqual(answers, expected);
    assert.equal(route.access === 'public', letIn === 'everybody');
  });
}
