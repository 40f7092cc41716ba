/** Patients as a care provider knows them. */
import { and, asc, eq, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { PatientListed, PatientView, patientRoutes } from '../../contract/patients.ts';
import type { Policy } from '../../contract/policy.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { careRelations, patients, relatives, units, users } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import { openedBy } from '../access/openings.ts';
import { presenceNeed } from '../consent/covers.ts';
import { generallyPresent } from '../consent/running.ts';
import type { Context } from '../context.ts';
import { newPassword } from '../identity/codes.ts';
import { hashSecret } from '../identity/passwords.ts';
import type { Actor } from '../identity/sessions.ts';
import { careUnitsOf, may, registersOf } from '../policies.ts';
import { bouncedOf } from './bounced.ts';
import { identityOf, indexOf, readNumber, stored, written } from './numbers.ts';
import { overtaken } from './overtaken.ts';
import { phoneOrNull } from './phones.ts';
import { requireReachable } from './reach.ts';

type PatientRow = typeof patients.$inferSelect;
type Registration = z.output<(typeof patientRoutes)['POST /api/patients']['body']>;
type Change = z.output<(typeof patientRoutes)['PUT /api/patients/:patientId']['body']>;

const mostFound = 30;

export const listedPatient = (row: PatientRow): PatientListed => ({
  id: row.id,
  name: row.name,
  number: written(row),
  numberKind: row.numberKind,
  birthDate: row.birthDate,
  protectedIdentity: row.protectedIdentity,
  synthetic: row.synthetic,
});

/**
 * Patients of the actor's care units (of one of them, if named) and of the organisations that they administer, by part
 * of the name or by the whole number.
 */
export async function findPatients(ctx: Context, actor: Actor, search: string, unitId?: string): Promise<PatientListed[]> {
  const unitIds = careUnitsOf(actor).filter((id) => unitId === undefined || id === unitId);
  const organisationIds = unitId === undefined ? registersOf(actor) : [];
  require_(unitIds.length > 0 || organisationIds.length > 0);
  const atUnits = ctx.db.select({ id: careRelations.patientId }).from(careRelations).where(inArray(careRelations.unitId, unitIds));
  const reach = or(inArray(patients.id, atUnits), inArray(patients.organisationId, organisationIds));
  return ctx.db.transaction(async (tx) => {
    const rows = await tx
      .select()
      .from(patients)
      .where(and(reach, matching(search)))
      .orderBy(asc(patients.name))
      .limit(mostFound);
    await writeAudit(tx, { actorId: actor.userId, action: 'patient.search', unitId: unitId ?? null, detail: { found: rows.length } });
    return rows.map(listedPatient);
  });
}

function matching(search: string): SQL | undefined {
  if (search === '') return undefined;
  const reserve = { number: search.toUpperCase().replace(/\s/g, ''), numberKind: 'reserve' as const };
  const pattern = `%${search.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return or(sql`lower(${patients.name}) like ${pattern}`, eq(patients.numberIndex, indexOf(readNumber(search) ?? reserve)));
}

/** @returns `known` if the organisation had this number already: then they became a patient of the unit, and nothing else changed. */
export async function registerPatient(ctx: Context, actor: Actor, given: Registration, now: Date): Promise<{ id: string; known: boolean }> {
  const { unitId, number, reserve, birthDate, phone, ...contact } = given;
  requireReachable(given);
  const identity = identityOf({ number, reserve, birthDate }, now);
  const values = { ...contact, ...stored(identity), phone: phoneOrNull(phone, 'phone') };
  return ctx.db.transaction(async (tx) => {
    const [unit] = await tx.select().from(units).where(eq(units.id, unitId));
    if (!unit || !may(actor, 'patient.register', { unitId, organisationId: unit.organisationId }))
      throw new Refusal('not_found', 'There is no such unit.', 'unitId');
    const { organisationId, synthetic } = unit;
    const userId = await accountOf(tx, identity, contact.name, synthetic);
    const [made] = await tx
      .insert(patients)
      .values({ ...values, organisationId, userId, synthetic })
      .onConflictDoNothing()
      .returning();
    const id = made?.id ?? (await idOf(tx, organisationId, identity));
    await tx.insert(careRelations).values({ patientId: id, unitId }).onConflictDoNothing();
    await writeAudit(tx, { actorId: actor.userId, action: made ? 'patient.register' : 'patient.attach', patientId: id, unitId });
    return { id, known: !made };
  });
}

type Numbered = Pick<PatientRow, 'number' | 'numberKind'>;
const sameNumber = (identity: Numbered) => eq(patients.numberIndex, indexOf(identity));

async function idOf(tx: Tx, organisationId: string, identity: Numbered): Promise<string> {
  const [row] = await tx
    .select({ id: patients.id })
    .from(patients)
    .where(and(eq(patients.organisationId, organisationId), sameNumber(identity)));
  if (!row) throw new Error('the patient was neither made nor there');
  return row.id;
}

/**
 * A person has one account, also at several care providers; but an account whose password one of them handed out opens
 * nothing at another. Reserve numbers are each provider's own.
 */
async function accountOf(tx: Tx, identity: Numbered, name: string, synthetic: boolean): Promise<string> {
  if (identity.numberKind !== 'reserve') {
    const [known] = await tx
      .select({ userId: patients.userId })
      .from(patients)
      .innerJoin(users, and(eq(users.id, patients.userId), isNull(users.username)))
      .where(sameNumber(identity))
      .limit(1);
    if (known) return known.userId;
  }
  const [user] = await tx.insert(users).values({ kind: 'patient', name, place: '', synthetic }).returning({ id: users.id });
  if (!user) throw new Error('the account was not made');
  return user.id;
}

/** Whether somebody lives where care is given. A protected identity is not asked, so that its absence says nothing. */
export const livesHere = (municipality: string | null, { municipalities }: Policy): boolean =>
  municipalities.length === 0 || (municipality !== null && municipalities.includes(municipality));

/** Who the actor may see, or `not_found` as for one that does not exist. `change` locks the row. */
export async function patientFor(tx: Db | Tx, actor: Actor, patientId: string, change = false) {
  const query = tx.select().from(patients).where(eq(patients.id, patientId));
  const [row] = change ? await query.for('update') : await query;
  const at = row ? await unitsOf(tx, patientId) : [];
  const unitIds = at.map(({ id }) => id);
  const none = new Refusal('not_found', 'There is no such patient.');
  if (!row) throw none;
  const subject = { organisationId: row.organisationId, unitIds };
  if (change) {
    if (!may(actor, 'patient.change', subject)) throw none;
    return { row, units: at, unitIds, opened: false };
  }
  if (may(actor, 'patient.read', subject)) return { row, units: at, unitIds, opened: false };
  const { relation, emergency } = await openedBy(tx, actor, patientId);
  const opened = relation || emergency.length > 0;
  if (!may(actor, 'patient.read', { ...subject, opened })) throw none;
  return { row, units: at, unitIds, opened };
}

const unitsOf = (tx: Db | Tx, patientId: string): Promise<{ id: string; name: string }[]> =>
  tx
    .select({ id: units.id, name: units.name })
    .from(careRelations)
    .innerJoin(units, eq(units.id, careRelations.unitId))
    .where(eq(careRelations.patientId, patientId))
    .orderBy(asc(units.name));

/** The patient as staff see them; the reading is in the audit. */
export async function readPatient(ctx: Context, actor: Actor, patientId: string): Promise<PatientView> {
  return ctx.db.transaction(async (tx) => {
    const view = await viewOf(tx, actor, patientId, ctx.demands.current());
    await writeAudit(tx, { actorId: actor.userId, action: 'patient.read', patientId });
    return view;
  });
}

async function viewOf(tx: Tx, actor: Actor, patientId: string, demands: Policy): Promise<PatientView> {
  const { row, units: at, unitIds, opened } = await patientFor(tx, actor, patientId);
  const close = await tx
    .select()
    .from(relatives)
    .where(and(eq(relatives.patientId, patientId), isNull(relatives.endedAt)))
    .orderBy(asc(relatives.name));
  const present = await generallyPresent(tx, patientId, new Date());
  const { userId, fixedPhysicianId } = row;
  const accounts = await tx
    .select({ id: users.id, name: users.name, place: users.place, username: users.username })
    .from(users)
    .where(inArray(users.id, fixedPhysicianId ? [userId, fixedPhysicianId] : [userId]));
  const fixed = accounts.find(({ id }) => id === fixedPhysicianId);
  const { organisationId, phone, email, channel, address, entrance, language, version, protectedIdentity, municipality } = row;
  return {
    ...listedPatient(row),
    organisationId,
    phone,
    email,
    channel,
    address: protectedIdentity ? null : address,
    entrance: protectedIdentity ? null : entrance,
    municipality: protectedIdentity ? null : municipality,
    resident: protectedIdentity || livesHere(municipality, demands),
    mayChange: may(actor, 'patient.change', { unitIds, organisationId: row.organisationId }),
    opened,
    addressHidden: protectedIdentity,
    language,
    version,
    units: at,
    relatives: close.map(({ id, name, role, relation, phone: number, version: seen, ...one }) => ({
      mayBePresent: presenceNeed({ role }, row) === null || present.some(({ relativeId }) => relativeId === null || relativeId === id),
      id,
      name,
      role,
      relation,
      phone: number,
      email: one.email,
      channel: one.channel,
      language: one.language,
      version: seen,
    })),
    fixedPhysician: fixed ? { userId: fixed.id, name: fixed.name, place: fixed.place } : null,
    username: accounts.find(({ id }) => id === userId)?.username ?? null,
    bounced: await bouncedOf(
      tx,
      row.userId,
      close.map(({ id }) => id),
    ),
  };
}

/** What is hidden is not wiped by one who could not see it: an empty address of a protected identity stays as it was. */
export async function changePatient(ctx: Context, actor: Actor, patientId: string, given: Change): Promise<PatientView> {
  const { basedOn, phone, address, entrance, municipality, ...rest } = given;
  requireReachable(given);
  const number = phoneOrNull(phone, 'phone');
  return ctx.db.transaction(async (tx) => {
    const { row } = await patientFor(tx, actor, patientId, true);
    if (row.version !== basedOn) throw overtaken();
    const hidden = row.protectedIdentity;
    await tx
      .update(patients)
      .set({
        ...rest,
        phone: number,
        address: hidden ? (address ?? row.address) : address,
        entrance: hidden ? (entrance ?? row.entrance) : entrance,
        municipality: hidden ? (municipality ?? row.municipality) : municipality,
        version: basedOn + 1,
      })
      .where(eq(patients.id, patientId));
    await writeAudit(tx, { actorId: actor.userId, action: 'patient.change', patientId });
    return viewOf(tx, actor, patientId, ctx.demands.current());
  });
}

/**
 * A login for small installations and the demo; larger ones log residents in by e-ID.
 *
 * @throws {Refusal} `conflict` if the person is a patient of another care provider too: their visits there are not ours to open.
 */
export async function giveLogin(ctx: Context, actor: Actor, patientId: string): Promise<{ username: string; password: string }> {
  const password = newPassword();
  const passwordHash = await hashSecret(password);
  return ctx.db.transaction(async (tx) => {
    const { row } = await patientFor(tx, actor, patientId, true);
    const elsewhere = await tx
      .select({ id: patients.id })
      .from(patients)
      .where(and(eq(patients.userId, row.userId), ne(patients.id, patientId)));
    if (elsewhere.length > 0) throw new Refusal('conflict', 'This person is a patient elsewhere too and logs in by e-ID.');
    const [account] = await tx.select({ username: users.username }).from(users).where(eq(users.id, row.userId));
    const username = account?.username ?? `p-${newPassword().replaceAll('-', '').slice(0, 8)}`;
    await tx.update(users).set({ username, passwordHash }).where(eq(users.id, row.userId));
    await writeAudit(tx, { actorId: actor.userId, action: 'patient.login', subjectId: row.userId, patientId });
    return { username, password };
  });
}
