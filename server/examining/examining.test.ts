import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { and, eq, sql } from 'drizzle-orm';
import sharp from 'sharp';
import { strokesAtOnce } from '../../contract/examining.ts';
import type { StillView } from '../../contract/stills.ts';
import type { Reply } from '../../contract/wire.ts';
import { keys } from '../../drizzle/encrypted.ts';
import { KeyRing } from '../../drizzle/KeyRing.ts';
import { reencrypt } from '../../drizzle/reencrypt.ts';
import { auditEntries, consents, frozenPictures, participants, stillPictures, stills } from '../../drizzle/schema/index.ts';
import { addPatientByLink, makeVisit, type TestVisit } from '../../testing/care.ts';
import { jpegOf } from '../../testing/jpeg.ts';
import { type Caller, codeOf, fieldOf, TestApp, until, type VisitCaller } from '../../testing/TestApp.ts';
import { deleteOutlived } from './retention.ts';

let app: TestApp;
let picture: Uint8Array<ArrayBuffer>;
before(async () => {
  app = await TestApp.start({ sfu: true });
  picture = await jpegOf(320, 180, true);
});
after(() => app[Symbol.asyncDispose]());

const own = { capacity: 'own' as const, capacityNote: '', guardianId: null };
const still = ({ patientId }: TestVisit, part: object = {}) => {
  const now = new Date().toISOString();
  const about = { kind: 'record', site: 'left_heel', words: 'Påhittat sår', scaled: true, camera: 'Provkamera', size: picture.length };
  return { id: randomUUID(), patientId, takenAt: now, sentAt: now, consent: own, ...about, ...part };
};
const say = (caller: Caller, { id }: TestVisit, body: object) => caller.post(`/api/visits/${id}/stills`, body);
const put = async (caller: Caller, path: string, bytes: Uint8Array<ArrayBuffer>, type = 'image/jpeg'): Promise<Reply<unknown>> =>
  (await (await caller.send(path, { method: 'PUT', body: bytes, headers: { 'content-type': type } })).json()) as Reply<unknown>;
const bring = (caller: Caller, id: string, bytes = picture, type?: string) => put(caller, `/api/stills/${id}/picture`, bytes, type);
const list = async (caller: Caller, { id }: TestVisit): Promise<StillView[]> => {
  const reply = await caller.get(`/api/visits/${id}/stills`);
  assert.ok(reply.ok);
  return reply.data as StillView[];
};
const bytesAt = async (caller: Caller, path: string): Promise<{ status: number; bytes: Uint8Array }> => {
  const response = await caller.send(path);
  return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
};

async function inRoom(visit: TestVisit, who: 'doctor' | 'nurse'): Promise<VisitCaller> {
  const seat = await (await app.signedInAs(visit[who])).visit(visit.id);
  assert.equal(codeOf(await seat.join()), null);
  return seat;
}

const heard = (seat: VisitCaller, event: string): unknown[] => {
  const all: unknown[] = [];
  seat.socket.on(event, (data: unknown) => all.push(data));
  return all;
};

test('a still is filed once with where it comes from, lies encrypted, and carries nothing that the camera wrote beside it', async () => {
  const visit = await makeVisit(app.ctx.db);
  const nurse = await app.signedInAs(visit.nurse);
  const doctor = await app.signedInAs(visit.doctor);
  const body = still(visit);
  for (let time = 0; time < 10; time++) assert.ok((await say(nurse, visit, body)).ok);
  assert.deepEqual(
    (await list(doctor, visit)).map(({ id, width }) => [id, width]),
    [[body.id, null]],
    'said, and on its way',
  );
  for (let time = 0; time < 10; time++) assert.ok((await bring(nurse, body.id)).ok);
  const again = await say(nurse, visit, body);
  assert.deepEqual(again.ok && again.data, { arrived: true });
  const [one, ...others] = await list(doctor, visit);
  assert.deepEqual(others, []);
  assert.deepEqual(
    [one?.width, one?.height, one?.site, one?.words, one?.scaled, one?.camera, one?.takenBy.role],
    [320, 180, 'left_heel', 'Påhittat sår', true, 'Provkamera', 'nurse'],
  );
  const { bytes } = await bytesAt(doctor, `/api/stills/${body.id}/picture`);
  const { width, exif } = await sharp(bytes).metadata();
  assert.deepEqual([width, exif], [320, undefined], 'in full size, without its owner and place');
  assert.ok((await sharp(picture).metadata()).exif, 'which were there');
  assert.ok((await bytesAt(doctor, `/api/stills/${body.id}/picture?small=yes`)).bytes.length < bytes.length * 2);
  const { rows } = await app.ctx.db.execute<{ stored: Buffer }>(
    sql`select picture as stored from still_pictures where still_id = ${body.id}`,
  );
  assert.ok(rows[0]?.stored.subarray(0, 3).toString() === 'v1.' && !rows[0].stored.includes(Buffer.from(bytes.subarray(20, 60))));
  const actions = await app.ctx.db.select({ action: auditEntries.action }).from(auditEntries).where(eq(auditEntries.subjectId, body.id));
  assert.deepEqual(actions.map(({ action }) => action).toSorted(), ['still.bring', 'still.read', 'still.read', 'still.take']);
});

test('pictures turn with the keys', async () => {
  const visit = await makeVisit(app.ctx.db);
  const nurse = await app.signedInAs(visit.nurse);
  const body = still(visit);
  await say(nurse, visit, body);
  await bring(nurse, body.id);
  const { db } = app.ctx;
  const [row] = await db.select().from(stillPictures).where(eq(stillPictures.stillId, body.id));
  assert.ok(row);
  const former = KeyRing.of({
    current: 'old',
    keys: { old: Buffer.alloc(32, 7).toString('base64url') },
    index: Buffer.alloc(32).toString('base64url'),
  });
  const both = KeyRing.of({ ...keys().keys, keys: { ...keys().keys.keys, old: former.keys.keys.old } });
  const under = former.encryptBytes(row.picture, 'still_pictures.picture');
  await db.execute(sql`update still_pictures set picture = ${under} where still_id = ${body.id}`);
  assert.ok((await reencrypt(db, both)) >= 1);
  const [after] = await db.select().from(stillPictures).where(eq(stillPictures.stillId, body.id));
  assert.deepEqual(after?.picture, row.picture);
});

test('what is no picture of a camera is refused, names the field, and does not keep the right one from coming', async () => {
  const visit = await makeVisit(app.ctx.db);
  const nurse = await app.signedInAs(visit.nurse);
  const body = still(visit);
  await say(nurse, visit, body);
  const huge = new Uint8Array(
    await sharp({ create: { width: 20_000, height: 10_000, channels: 3, background: '#fff' } })
      .jpeg()
      .toBuffer(),
  );
  const png = new Uint8Array(await sharp(picture).png().toBuffer());
  const script = new TextEncoder().encode('<script>alert(1)</script>');
  for (const [bytes, code] of [
    [huge, 'too_large'],
    [png, 'invalid'],
    [script, 'invalid'],
    [picture.subarray(0, picture.length / 2), 'invalid'],
    [new Uint8Array(0), 'invalid'],
    [new Uint8Array(26_000_000), 'too_large'],
  ] as const)
    assert.equal(codeOf(await bring(nurse, body.id, new Uint8Array(bytes))), code);
  assert.equal(codeOf(await bring(nurse, body.id, picture, 'text/html')), 'invalid', 'by its own word no picture');
  assert.ok((await bring(nurse, body.id)).ok);
  const wrong = async (part: object) => fieldOf(await say(nurse, visit, still(visit, part)));
  assert.equal(await wrong({ site: 'wing' }), 'site');
  assert.equal(await wrong({ size: 30_000_000 }), 'size');
  assert.equal(await wrong({ takenAt: new Date(Date.now() + 3_600_000).toISOString() }), 'takenAt');
  assert.equal(await wrong({ takenAt: new Date(Date.now() - 40 * 86_400_000).toISOString() }), 'takenAt');
});

test('a clock that is an hour ahead is set right; another patient, and a number that is taken, are refused', async () => {
  const visit = await makeVisit(app.ctx.db);
  const nurse = await app.signedInAs(visit.nurse);
  const ahead = new Date(Date.now() + 3_600_000).toISOString();
  const body = still(visit, { takenAt: ahead, sentAt: ahead });
  assert.ok((await say(nurse, visit, body)).ok);
  const [one] = await list(nurse, visit);
  assert.ok(Math.abs(Date.parse(one?.takenAt ?? '') - Date.now()) < 60_000);
  assert.equal(fieldOf(await say(nurse, visit, still(visit, { patientId: randomUUID() }))), 'patientId');
  const another = await makeVisit(app.ctx.db);
  const there = await app.signedInAs(another.nurse);
  assert.equal(fieldOf(await say(there, another, still(another, { id: body.id }))), 'id');
});

test('without the patient’s yes no picture is kept; one that comes after the yes was taken back leaves nothing', async () => {
  const { db } = app.ctx;
  const visit = await makeVisit(db);
  const nurse = await app.signedInAs(visit.nurse);
  assert.equal(fieldOf(await say(nurse, visit, still(visit, { consent: null }))), 'consent');
  const first = still(visit);
  await say(nurse, visit, first);
  await bring(nurse, first.id);
  const second = still(visit, { consent: null });
  assert.ok((await say(nurse, visit, second)).ok, 'the yes holds for the visit');
  const [consent] = await db
    .select()
    .from(consents)
    .where(and(eq(consents.patientId, visit.patientId), eq(consents.type, 'recording')));
  assert.deepEqual([consent?.visitId, consent?.form, consent?.keptBy], [visit.id, 'oral', visit.nurse.userId]);
  assert.ok((await nurse.post(`/api/consents/${consent?.id}/withdraw`)).ok);
  assert.equal(fieldOf(await bring(nurse, second.id)), 'consent');
  assert.deepEqual(
    (await list(nurse, visit)).map(({ id }) => id),
    [first.id],
    'what was lawfully made stays',
  );
  assert.equal(fieldOf(await say(nurse, visit, still(visit, { consent: null }))), 'consent');
});

test('the patient takes one of themselves, and says yes by doing so; whoever is close to them takes none', async () => {
  const { db } = app.ctx;
  const visit = await makeVisit(db);
  const guest = await addPatientByLink(db, visit);
  const patient = await app.signedInAs(guest);
  assert.equal(codeOf(await say(patient, visit, still(visit, { consent: null }))), 'not_found', 'before they are let in');
  await db.update(participants).set({ status: 'admitted' }).where(eq(participants.id, guest.participantId));
  const body = still(visit, { consent: null });
  assert.ok((await say(patient, visit, body)).ok);
  assert.ok((await bring(patient, body.id)).ok);
  const [row] = await db.select().from(stills).where(eq(stills.id, body.id));
  const [consent] = await db
    .select()
    .from(consents)
    .where(eq(consents.id, row?.consentId ?? ''));
  assert.deepEqual([consent?.capacity, consent?.form], ['own', 'written']);
  await db.update(participants).set({ status: 'admitted' }).where(eq(participants.id, visit.relative.participantId));
  const relative = await app.signedInAs(visit.relative);
  assert.equal(codeOf(await say(relative, visit, still(visit))), 'not_found');
  assert.equal((await bytesAt(relative, `/api/stills/${body.id}/picture`)).status, 404);
});

test('a wrong picture is struck and stays to be seen as struck; one whose time is over is gone', async () => {
  const { db } = app.ctx;
  const visit = await makeVisit(db);
  const nurse = await app.signedInAs(visit.nurse);
  const [wrong, short] = [still(visit), still(visit, { kind: 'working' })];
  for (const body of [wrong, short]) {
    await say(nurse, visit, body);
    await bring(nurse, body.id);
  }
  assert.equal(fieldOf(await nurse.post(`/api/stills/${wrong.id}/strike`, { reason: ' ' })), 'reason');
  for (let time = 0; time < 2; time++) assert.ok((await nurse.post(`/api/stills/${wrong.id}/strike`, { reason: 'Fel sida' })).ok);
  assert.equal((await bytesAt(nurse, `/api/stills/${wrong.id}/picture`)).status, 404);
  const struck = (await list(nurse, visit)).find(({ id }) => id === wrong.id);
  assert.equal(struck?.struck?.reason, 'Fel sida');
  assert.equal(await deleteOutlived(app.ctx, new Date(Date.now() + 29 * 86_400_000)), 0);
  assert.ok((await deleteOutlived(app.ctx, new Date(Date.now() + 31 * 86_400_000))) >= 1);
  assert.deepEqual(
    (await list(nurse, visit)).map(({ id }) => id),
    [wrong.id],
    'what belongs to the record stays',
  );
});

test('one view is asked for at a time; the bedside answers, and what could not be shown is told to whoever asked', async () => {
  const visit = await makeVisit(app.ctx.db);
  const doctor = await inRoom(visit, 'doctor');
  const nurse = await inRoom(visit, 'nurse');
  const cannot = heard(doctor, 'examination:cannot');
  const wound = { id: randomUUID(), view: 'wound', words: '', picture: true, site: 'left_heel' };
  const free = { id: randomUUID(), view: 'other', words: 'Vänster öra', picture: false, site: null };
  assert.equal(fieldOf(await doctor.ask('examination:ask', { ...free, words: ' ' })), 'words');
  await doctor.ask('examination:ask', wound);
  await until(() => nurse.snapshot?.asked?.id === wound.id);
  const { revision } = nurse.snapshot ?? {};
  assert.equal(codeOf(await doctor.ask('examination:ask', wound)), null);
  assert.equal(nurse.snapshot?.revision, revision, 'twice is once');
  await doctor.ask('examination:ask', free);
  await until(() => nurse.snapshot?.asked?.words === 'Vänster öra');
  assert.equal(codeOf(await nurse.ask('examination:done', { id: wound.id, shown: true })), null);
  assert.equal(nurse.snapshot?.asked?.id, free.id, 'late for what was asked before');
  await nurse.ask('examination:done', { id: free.id, shown: false });
  await until(() => doctor.snapshot?.asked === null);
  assert.deepEqual(cannot, [{ id: free.id }]);
  const [row] = await app.ctx.db.execute(sql`select asked from visits where id = ${visit.id}`).then(({ rows }) => rows);
  assert.equal(row?.asked, null);
});

test('a frozen moment, and what is drawn on it, reaches those who see that picture, and goes with the curtain', async () => {
  const { db } = app.ctx;
  const visit = await makeVisit(db);
  const doctor = await inRoom(visit, 'doctor');
  const nurse = await inRoom(visit, 'nurse');
  const [asDoctor, asNurse] = [await app.signedInAs(visit.doctor), await app.signedInAs(visit.nurse)];
  const id = randomUUID();
  const surface = { participantId: visit.nurse.participantId, source: 'camera' };
  const path = (frozenId: string) => `/api/visits/${visit.id}/frozen?${new URLSearchParams({ id: frozenId, ...surface })}`;
  assert.ok((await put(asDoctor, path(id), picture)).ok);
  await until(() => nurse.snapshot?.frozen?.id === id);
  for (const caller of [asDoctor, asNurse]) assert.equal((await bytesAt(caller, `/api/visits/${visit.id}/frozen/${id}`)).status, 200);
  const strokes = heard(nurse, 'mark:stroked');
  const pointers = heard(nurse, 'mark:pointed');
  const back = heard(doctor, 'mark:stroked');
  const stroke = {
    ...surface,
    id: randomUUID(),
    points: [
      [10, 10],
      [500, 900],
    ],
  };
  await doctor.ask('mark:stroke', stroke);
  await doctor.ask('mark:point', { ...surface, at: [1, 2] });
  await until(() => strokes.length === 1 && pointers.length === 1);
  assert.deepEqual(strokes, [{ ...stroke, byId: visit.doctor.participantId }]);
  assert.deepEqual(back, [], 'who draws has seen it');
  assert.equal(codeOf(await doctor.ask('mark:stroke', { ...stroke, points: [[10, 1_001]] })), 'invalid');
  assert.equal(codeOf(await doctor.ask('mark:stroke', { ...stroke, participantId: visit.relative.participantId })), 'forbidden');
  for (let nr = 0; nr < strokesAtOnce + 5; nr++) await doctor.ask('mark:stroke', { ...stroke, id: randomUUID() });
  assert.equal(app.ctx.hub.gestures.strokes(visit.id).length, strokesAtOnce, 'the oldest give way');
  const wiped = heard(doctor, 'mark:strokes');
  await nurse.ask('mark:clear', {});
  await until(() => wiped.length === 1);
  assert.deepEqual([wiped[0], app.ctx.hub.gestures.strokes(visit.id)], [{ strokes: [] }, []]);
  await doctor.ask('mark:stroke', stroke);
  await nurse.ask('curtain:draw', {});
  await until(() => doctor.snapshot?.curtain !== null && wiped.length > 1);
  assert.deepEqual([doctor.snapshot?.frozen, wiped.at(-1)], [null, { strokes: [] }]);
  assert.equal((await bytesAt(asDoctor, `/api/visits/${visit.id}/frozen/${id}`)).status, 404);
  assert.deepEqual(await db.select().from(frozenPictures).where(eq(frozenPictures.visitId, visit.id)), []);
  assert.equal(codeOf(await put(asDoctor, path(randomUUID()), picture)), 'forbidden', 'behind the curtain nothing is frozen');
  assert.equal(codeOf(await doctor.ask('mark:stroke', stroke)), 'forbidden');
});

test('whoever comes back sees what is drawn; thawing wipes it; late it changes nothing', async () => {
  const visit = await makeVisit(app.ctx.db);
  const doctor = await inRoom(visit, 'doctor');
  await inRoom(visit, 'nurse');
  const asDoctor = await app.signedInAs(visit.doctor);
  const surface = { participantId: visit.nurse.participantId, source: 'camera' };
  const id = randomUUID();
  await put(asDoctor, `/api/visits/${visit.id}/frozen?${new URLSearchParams({ id, ...surface })}`, picture);
  await doctor.ask('mark:stroke', { ...surface, id: randomUUID(), points: [[1, 1]] });
  const again = await (await app.signedInAs(visit.nurse)).visit(visit.id);
  const known = heard(again, 'mark:strokes');
  await again.join();
  await until(() => known.length > 0);
  assert.equal((known[0] as { strokes: unknown[] }).strokes.length, 1);
  await doctor.ask('examination:thaw', { id: randomUUID() });
  assert.equal(doctor.snapshot?.frozen?.id, id);
  await doctor.ask('examination:thaw', { id });
  await until(() => doctor.snapshot?.frozen === null && app.ctx.hub.gestures.strokes(visit.id).length === 0);
});

test('cameras beside the patient are known to all and set by staff; nobody else’s are', async () => {
  const visit = await makeVisit(app.ctx.db);
  const doctor = await inRoom(visit, 'doctor');
  const nurse = await inRoom(visit, 'nurse');
  const known = heard(doctor, 'devices:known');
  const wished = heard(nurse, 'camera:wished');
  const zoom = { least: 1, most: 4, step: 0.1, now: 1 };
  await nurse.ask('devices:are', { cameras: { camera: { torch: false, zoom }, examination: null }, cameraCount: 2, bodySounds: true });
  await until(() => known.length > 0);
  const [told] = (known.at(-1) as { devices: { participantId: string; bodySounds: boolean }[] }).devices;
  assert.deepEqual([told?.participantId, told?.bodySounds], [visit.nurse.participantId, true]);
  const wish = { participantId: visit.nurse.participantId, source: 'camera', torch: true };
  assert.equal(codeOf(await doctor.ask('camera:wish', wish)), null);
  await until(() => wished.length === 1);
  assert.deepEqual(wished, [wish]);
  assert.equal(codeOf(await nurse.ask('camera:wish', { ...wish, participantId: visit.doctor.participantId })), 'forbidden');
});
