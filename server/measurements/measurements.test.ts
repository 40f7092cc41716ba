import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import type { Measured } from '../../contract/measurements.ts';
import { consciousnessLevels, type VitalKind } from '../../contract/vitals.ts';
import type { Reply } from '../../contract/wire.ts';
import { auditEntries, measurements, organisations, patients, visits } from '../../drizzle/schema/index.ts';
import { makeAccount, makeCareHome, makePatient, makeVisit } from '../../testing/care.ts';
import { codeOf, TestApp } from '../../testing/TestApp.ts';

let app: TestApp;
before(async () => {
  app = await TestApp.start();
});
after(() => app[Symbol.asyncDispose]());

const data = <T>(reply: Reply<unknown>): T => {
  assert.ok(reply.ok, JSON.stringify(reply));
  return reply.data as T;
};
const fieldOf = (reply: Reply<unknown>): string | undefined => (reply.ok ? undefined : reply.field);

const now = (): string => new Date().toISOString();
const reading = (kind: VitalKind, value: number, part: object = {}) => ({ id: randomUUID(), kind, value, measuredAt: now(), ...part });
const together = (patientId: string, readings: object[], part: object = {}) => ({
  id: randomUUID(),
  patientId,
  sentAt: now(),
  readings,
  ...part,
});

async function scene() {
  const { db } = app.ctx;
  const visit = await makeVisit(db);
  await db.update(organisations).set({ medicalDeviceDecision: 'Prov' }).where(eq(organisations.id, visit.organisationId));
  await db.update(visits).set({ state: 'in_progress', beganAt: new Date() }).where(eq(visits.id, visit.id));
  const nurse = await app.signedInAs(visit.nurse);
  const doctor = await app.signedInAs(visit.doctor);
  const url = `/api/visits/${visit.id}/measurements`;
  const read = async (): Promise<Measured> => data(await doctor.get(url));
  return { visit, nurse, doctor, url, read, db };
}

const well = (): object[] => [
  reading('respirations_per_minute', 22),
  reading('spo2_percent', 94),
  reading('oxygen_litres_per_minute', 0),
  reading('systolic_mmhg', 105),
  reading('diastolic_mmhg', 60),
  reading('pulse_per_minute', 95),
  reading('consciousness', consciousnessLevels.indexOf('alert')),
  reading('temperature_celsius', 38.4),
];

test('what the nurse measures is filed once, counted, and seen by the doctor; each reading is in the audit', async () => {
  const { visit, nurse, url, read, db } = await scene();
  const set = together(visit.patientId, well());
  for (let time = 0; time < 10; time++) data(await nurse.post(url, { ...set, sentAt: now() }));
  await Promise.all(Array.from({ length: 5 }, () => nurse.post(url, { ...set, sentAt: now() })));
  const { readings, news2, news2Off, may } = await read();
  assert.equal(readings.length, 8);
  assert.equal(news2Off, null);
  assert.deepEqual(
    news2.map(({ score, risk, missing, scale }) => [score, risk, missing, scale]),
    [[6, 'medium', [], 1]],
  );
  assert.deepEqual(may, { record: true, order: true, sample: true });
  const rows = await db.select().from(auditEntries).where(eq(auditEntries.visitId, visit.id));
  assert.equal(rows.filter(({ action }) => action === 'measurement.record').length, 1);
  assert.ok(rows.some(({ action, actorId }) => action === 'measurement.read' && actorId === visit.doctor.userId));
});

test('what was measured later in the same round completes it; until then it is said what is missing', async () => {
  const { visit, nurse, url, read } = await scene();
  const set = together(visit.patientId, [reading('pulse_per_minute', 140)]);
  data(await nurse.post(url, set));
  const [half] = (await read()).news2;
  assert.deepEqual([half?.score, half?.missing.length], [3, 6]);
  data(await nurse.post(url, { ...set, sentAt: now(), readings: well().slice(0, 5) }));
  const [more] = (await read()).news2;
  assert.deepEqual(more?.missing, ['consciousness', 'temperature']);
});

test('what cannot be is refused with its place and writes nothing; what is unusual is asked about', async () => {
  const { visit, nurse, url, read } = await scene();
  const post = (...readings: object[]) => nurse.post(url, together(visit.patientId, readings));
  for (const [kind, value] of [
    ['temperature_celsius', 98.6], // °F
    ['glucose_mmol_per_litre', 110], // mg/dL
    ['pulse_per_minute', 19],
    ['pulse_per_minute', 70.5],
    ['spo2_percent', 101],
    ['consciousness', 6],
  ] as const) {
    const reply = await post(reading('systolic_mmhg', 120), reading(kind, value));
    assert.deepEqual([codeOf(reply), fieldOf(reply)], ['invalid', 'readings.1.value'], `${kind} ${value}`);
  }
  const upside = await post(reading('systolic_mmhg', 80), reading('diastolic_mmhg', 120));
  assert.deepEqual([codeOf(upside), fieldOf(upside)], ['invalid', 'readings.0.value']);
  const unusual = reading('pulse_per_minute', 172);
  const asked = await post(unusual);
  assert.deepEqual([codeOf(asked), fieldOf(asked)], ['conflict', 'readings.0.confirmed']);
  assert.equal((await read()).readings.length, 0);
  data(await post({ ...unusual, confirmed: true }));
  const usual = await post(reading('consciousness', consciousnessLevels.indexOf('usualConfusion')));
  assert.deepEqual([codeOf(usual), fieldOf(usual)], ['invalid', 'readings.0.value'], 'unknown is new');
  data(await post(reading('weight_kg', 70)));
  const jump = await post(reading('weight_kg', 76));
  assert.deepEqual([codeOf(jump), fieldOf(jump)], ['conflict', 'readings.0.confirmed']);
});

test('readings of another patient, of a number that is taken, and after the visit are refused', async () => {
  const { visit, nurse, doctor, url, db } = await scene();
  const other = await makePatient(db, visit);
  const wrong = await nurse.post(url, together(other, [reading('pulse_per_minute', 70)]));
  assert.deepEqual([codeOf(wrong), fieldOf(wrong)], ['conflict', 'patientId']);
  const set = together(visit.patientId, [reading('pulse_per_minute', 70)]);
  data(await nurse.post(url, set));
  const changed = await nurse.post(url, { ...set, readings: set.readings.map((one) => ({ ...one, value: 71 })) });
  assert.deepEqual([codeOf(changed), fieldOf(changed)], ['conflict', 'readings.0.id']);
  const second = await scene();
  const stolen = await second.nurse.post(second.url, together(second.visit.patientId, [reading('pulse_per_minute', 70)], { id: set.id }));
  assert.deepEqual([codeOf(stolen), fieldOf(stolen)], ['conflict', 'id']);
  const relative = await app.signedInAs(visit.relative);
  assert.equal(codeOf(await relative.post(url, together(visit.patientId, [reading('pulse_per_minute', 70)]))), 'not_found');
  assert.equal(codeOf(await relative.get(url)), 'not_found');
  await db.update(visits).set({ state: 'completed' }).where(eq(visits.id, visit.id));
  assert.equal(codeOf(await nurse.post(url, together(visit.patientId, [reading('pulse_per_minute', 70)]))), 'ended');
  data(await doctor.get(url));
});

test('clocks: a tablet that is off is set right, a device’s own clock is kept beside, the future and what is too old are refused', async () => {
  const { visit, nurse, url, read } = await scene();
  const off = 3 * 3_600_000;
  const theirs = (ms: number): string => new Date(Date.now() + off + ms).toISOString();
  const deviceAt = '2019-01-01T00:00:00.000Z';
  const skewed = reading('pulse_per_minute', 70, { measuredAt: theirs(-60_000), deviceAt, device: 'Prov 1' });
  data(await nurse.post(url, together(visit.patientId, [skewed], { sentAt: theirs(0) })));
  const [kept] = (await read()).readings;
  assert.ok(Math.abs(Date.parse(kept?.measuredAt ?? '') - (Date.now() - 60_000)) < 20_000);
  assert.deepEqual([kept?.deviceAt, kept?.device, kept?.method], [deviceAt, 'Prov 1', 'device']);
  const early = await nurse.post(url, together(visit.patientId, [reading('pulse_per_minute', 70, { measuredAt: theirs(0) })]));
  assert.deepEqual([codeOf(early), fieldOf(early)], ['invalid', 'readings.0.measuredAt']);
  const old = await nurse.post(url, together(visit.patientId, [reading('pulse_per_minute', 70, { measuredAt: deviceAt })]));
  assert.deepEqual([codeOf(old), fieldOf(old)], ['invalid', 'readings.0.measuredAt']);
});

test('a correction is a new row: the wrong one stays to be seen, the score follows; once, and by whoever may write', async () => {
  const { visit, nurse, read } = await scene();
  const set = together(visit.patientId, well());
  data(await nurse.post(`/api/visits/${visit.id}/measurements`, set));
  const pulse = (await read()).readings.find(({ kind }) => kind === 'pulse_per_minute');
  const path = `/api/measurements/${pulse?.id}/correct`;
  const right = { id: randomUUID(), value: 75 };
  data(await nurse.post(path, right));
  data(await nurse.post(path, right));
  assert.equal(codeOf(await nurse.post(path, { id: randomUUID(), value: 80 })), 'conflict');
  const { readings, news2 } = await read();
  assert.deepEqual(
    readings.filter(({ kind }) => kind === 'pulse_per_minute').map(({ value, corrected }) => [value, corrected]),
    [
      [95, true],
      [75, false],
    ],
  );
  assert.equal(news2[0]?.score, 5);
  data(await nurse.post(`/api/measurements/${right.id}/correct`, { id: randomUUID(), value: null }));
  assert.deepEqual((await read()).news2[0]?.missing, ['pulse']);
  const head = await app.signedInAs(await makeAccount(app.ctx.db, visit.unitId, 'unitHead'));
  assert.equal(codeOf(await head.post(path, { id: randomUUID(), value: 80 })), 'not_found');
});

test('scale 2 is a doctor’s order, and holds for what is measured from then on; the usual confusion is said before it counts', async () => {
  const { visit, nurse, doctor, url, read } = await scene();
  const at = `/api/visits/${visit.id}/baseline`;
  const ordered = { cognition: 'confused', pregnant: null, spo2Scale2: true, basedOn: null };
  assert.equal(codeOf(await nurse.write('PUT', at, ordered)), 'forbidden');
  data(await nurse.post(url, together(visit.patientId, [reading('spo2_percent', 90)])));
  data(await doctor.write('PUT', at, ordered));
  assert.equal(codeOf(await doctor.write('PUT', at, ordered)), 'conflict');
  const { baseline } = await read();
  assert.deepEqual([baseline.cognition, baseline.spo2Scale2 !== null, baseline.version], ['confused', true, 1]);
  data(await nurse.post(url, together(visit.patientId, [reading('spo2_percent', 90), reading('consciousness', 1)])));
  const { news2 } = await read();
  assert.deepEqual(
    news2.map(({ scale, points }) => [scale, points.spo2, points.consciousness]),
    [
      [1, 3, undefined],
      [2, 0, 0],
    ],
  );
  data(await nurse.write('PUT', at, { ...ordered, cognition: 'clear', basedOn: 1 }));
});

test('no score for a child, in pregnancy, or before the care provider has decided', async () => {
  const { visit, nurse, doctor, url, read, db } = await scene();
  data(await nurse.post(url, together(visit.patientId, well())));
  await db.update(organisations).set({ medicalDeviceDecision: null }).where(eq(organisations.id, visit.organisationId));
  assert.deepEqual([(await read()).news2Off, (await read()).news2], ['undecided', []]);
  const administrator = await app.signedInAs(await makeAccount(db, visit.unitId, 'administrator'));
  data(await administrator.write('PUT', `/api/organisations/${visit.organisationId}/medical-device`, { decision: 'Prov 2026-1' }));
  assert.equal((await read()).news2.length, 1);
  data(
    await doctor.write('PUT', `/api/visits/${visit.id}/baseline`, { cognition: null, pregnant: true, spo2Scale2: false, basedOn: null }),
  );
  assert.equal((await read()).news2Off, 'pregnancy');
  await db.update(patients).set({ birthDate: '2015-01-01' }).where(eq(patients.id, visit.patientId));
  assert.equal((await read()).news2Off, 'age');
});

test('beside no visit: by the units of the patient, and seen by no other unit', async () => {
  const { visit, nurse, db } = await scene();
  const path = `/api/patients/${visit.patientId}/measurements`;
  data(await nurse.post(path, { ...together(visit.patientId, [reading('weight_kg', 61.5)]), unitId: visit.unitId }));
  const { readings } = data<Measured>(await nurse.get(path));
  assert.deepEqual(
    readings.map(({ kind, value }) => [kind, value]),
    [['weight_kg', 61.5]],
  );
  const elsewhere = await makeCareHome(db);
  const foreign = await app.signedInAs(await makeAccount(db, elsewhere.unitId, 'nurse'));
  assert.equal(codeOf(await foreign.get(path)), 'not_found');
  const stolen = await foreign.post(path, { ...together(visit.patientId, [reading('weight_kg', 61)]), unitId: elsewhere.unitId });
  assert.equal(codeOf(stolen), 'not_found');
  const rows = await db.select().from(measurements).where(eq(measurements.patientId, visit.patientId));
  assert.equal(rows.length, 1);
});
