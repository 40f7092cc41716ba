/** The ledger: giving, seeing and withdrawing. */
import { and, asc, desc, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { z } from 'zod';
import { type ConsentType, type ConsentView, forOrganisation, type newConsent } from '../../contract/consent.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { consents, organisations, patients, relatives, visits } from '../../drizzle/schema/index.ts';
import { writeAudit, writeAudits } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { patientFor } from '../people/patients.ts';
import { may } from '../policies.ts';
import { adultAt, ageOf } from './covers.ts';
import { stopWhatRestedOnIt } from './withdrawal.ts';

type Given = z.output<typeof newConsent>;
type Row = typeof consents.$inferInsert;
type PatientRow = Pick<typeof patients.$inferSelect, 'id' | 'birthDate'>;

/**
 * Files a yes, with its audit row.
 *
 * @throws {Refusal} `invalid`, naming the field, for one who is not close to the patient, a guardian who is none, an adult's guardian.
 */
export async function file(
  tx: Tx,
  patient: PatientRow,
  row: Omit<Row, 'patientId'>,
  now: Date,
  unitId: string | null = null,
): Promise<string> {
  const { relativeId, guardianId, capacity, organisationId } = row;
  if ((capacity === 'guardian') !== (guardianId !== null && guardianId !== undefined))
    throw new Refusal('invalid', 'guardianId: names the guardian who said yes, and nobody else', 'guardianId');
  if (guardianId) {
    if (ageOf(patient.birthDate, now) >= adultAt) throw new Refusal('invalid', 'capacity: an adult has no guardian', 'capacity');
    await closeTo(tx, patient.id, guardianId, 'guardianId', 'guardian');
  }
  if (relativeId) await closeTo(tx, patient.id, relativeId, 'relativeId');
  if (organisationId) {
    const [known] = await tx.select({ id: organisations.id }).from(organisations).where(eq(organisations.id, organisationId));
    if (!known) throw new Refusal('invalid', 'organisationId: there is no such organisation', 'organisationId');
  }
  const [id] = await insertConsents(tx, patient.id, [row], now, unitId);
  if (!id) throw new Error('the consent was not made');
  return id;
}

/** Rows that have been checked, with their audit rows: two statements, however many. */
export async function insertConsents(
  tx: Tx,
  patientId: string,
  rows: Omit<Row, 'patientId'>[],
  now: Date,
  unitId: string | null = null,
): Promise<string[]> {
  if (rows.length === 0) return [];
  const made = await tx
    .insert(consents)
    .values(rows.map((row) => ({ ...row, patientId, givenAt: now })))
    .returning({ id: consents.id, keptBy: consents.keptBy, type: consents.type, visitId: consents.visitId });
  await writeAudits(
    tx,
    made.map(({ id, keptBy, type, visitId }) => ({
      actorId: keptBy,
      action: 'consent.give',
      subjectId: id,
      patientId,
      unitId,
      ...(visitId ? { visitId } : {}),
      detail: { type },
    })),
  );
  return made.map(({ id }) => id);
}

async function closeTo(tx: Tx, patientId: string, relativeId: string, field: string, role?: 'guardian'): Promise<void> {
  const [row] = await tx
    .select({ role: relatives.role })
    .from(relatives)
    .where(and(eq(relatives.id, relativeId), eq(relatives.patientId, patientId), isNull(relatives.endedAt)));
  if (!row || (role && row.role !== role)) throw new Refusal('invalid', `${field}: is not that of this patient`, field);
}

/** Staff keep what they have heard or read. */
export async function keepConsent(ctx: Context, actor: Actor, patientId: string, given: Given, now: Date): Promise<ConsentView> {
  const { validUntil, ...rest } = given;
  const until = validUntil === null ? null : new Date(validUntil);
  if (until && until <= now) throw new Refusal('invalid', 'validUntil: is past', 'validUntil');
  return ctx.db.transaction(async (tx) => {
    const { row, unitIds } = await patientFor(tx, actor, patientId);
    require_(may(actor, 'consent.keep', { unitIds, organisationId: row.organisationId }));
    const id = await file(tx, row, { ...rest, validUntil: until, keptBy: actor.userId }, now, actor.assignments[0]?.unitId ?? null);
    return viewOf(tx, id);
  });
}

type OwnGiven = { patientId: string; type: ConsentType; relativeId: string | null; organisationId: string | null };

/** The patient says yes by themselves, logged in. */
export async function giveOwnConsent(ctx: Context, actor: Actor, { patientId, ...given }: OwnGiven, now: Date): Promise<ConsentView> {
  require_(may(actor, 'consent.own', null), 'This page is the patient’s own.');
  if (forOrganisation.includes(given.type) !== (given.organisationId !== null))
    throw new Refusal('invalid', 'organisationId: names who may be told', 'organisationId');
  if (!forOrganisation.includes(given.type) && given.relativeId === null)
    throw new Refusal('invalid', 'relativeId: names whom it is for', 'relativeId');
  return ctx.db.transaction(async (tx) => {
    const [patient] = await tx
      .select({ id: patients.id, birthDate: patients.birthDate })
      .from(patients)
      .where(and(eq(patients.id, patientId), eq(patients.userId, actor.userId)));
    if (!patient) throw new Refusal('not_found', 'There is no such patient.', 'patientId');
    const row = { ...given, capacity: 'own' as const, form: actor.level >= 3 ? ('eId' as const) : ('written' as const) };
    const id = await file(tx, patient, { ...row, keptBy: actor.userId }, now);
    return viewOf(tx, id);
  });
}

/** Ends a consent at once. Twice is once. @throws {Refusal} `not_found` alike for none and for one out of reach. */
export async function withdrawConsent(ctx: Context, actor: Actor, consentId: string, now: Date): Promise<void> {
  const ended = await ctx.db.transaction(async (tx) => {
    const [found] = await tx
      .select({ consent: consents, userId: patients.userId })
      .from(consents)
      .innerJoin(patients, eq(patients.id, consents.patientId))
      .where(eq(consents.id, consentId))
      .for('update', { of: consents });
    if (!found) throw new Refusal('not_found', 'There is no such consent.');
    const { consent, userId } = found;
    const { patientId, type } = consent;
    if (!(may(actor, 'consent.own', null) && userId === actor.userId)) {
      const { row, unitIds } = await patientFor(tx, actor, patientId);
      require_(may(actor, 'consent.keep', { unitIds, organisationId: row.organisationId }));
    }
    if (consent.endedAt) return null;
    await tx.update(consents).set({ endedAt: now, endedAs: 'withdrawn', endedBy: actor.userId }).where(eq(consents.id, consentId));
    await writeAudit(tx, { actorId: actor.userId, action: 'consent.withdraw', subjectId: consentId, patientId, detail: { type } });
    return consent;
  });
  if (ended) await stopWhatRestedOnIt(ctx, ended, actor.userId, now);
}

const given = () => ({
  consent: consents,
  provider: organisations.name,
  visitStartsAt: visits.startsAt,
});

async function views(tx: Db | Tx, which: ReturnType<typeof eq>): Promise<ConsentView[]> {
  const rows = await tx
    .select(given())
    .from(consents)
    .innerJoin(patients, eq(patients.id, consents.patientId))
    .innerJoin(organisations, eq(organisations.id, patients.organisationId))
    .leftJoin(visits, eq(visits.id, consents.visitId))
    .where(which)
    .orderBy(desc(consents.givenAt), desc(consents.id))
    .limit(500);
  const wanted = rows.flatMap(({ consent }) => [consent.relativeId, consent.guardianId]).filter((id) => id !== null);
  const close = wanted.length
    ? await tx.select({ id: relatives.id, name: relatives.name }).from(relatives).where(inArray(relatives.id, wanted))
    : [];
  const others = rows.map(({ consent }) => consent.organisationId).filter((id) => id !== null);
  const named = others.length
    ? await tx.select({ id: organisations.id, name: organisations.name }).from(organisations).where(inArray(organisations.id, others))
    : [];
  const nameIn = (list: { id: string; name: string }[], wantedId: string | null): string | null =>
    list.find(({ id }) => id === wantedId)?.name ?? null;
  return rows.map(({ consent, provider, visitStartsAt }) => ({
    id: consent.id,
    type: consent.type,
    patientId: consent.patientId,
    provider,
    onlyThisVisit: visitStartsAt?.toISOString() ?? null,
    relativeName: nameIn(close, consent.relativeId),
    organisationName: nameIn(named, consent.organisationId),
    topics: consent.topics,
    exclusions: consent.exclusions,
    capacity: consent.capacity,
    capacityNote: consent.capacityNote,
    guardianName: nameIn(close, consent.guardianId),
    form: consent.form,
    givenAt: consent.givenAt.toISOString(),
    validUntil: consent.validUntil?.toISOString() ?? null,
    endedAt: consent.endedAt?.toISOString() ?? null,
    endedAs: consent.endedAs,
  }));
}

async function viewOf(tx: Tx, id: string): Promise<ConsentView> {
  const [view] = await views(tx, eq(consents.id, id));
  if (!view) throw new Error('the consent vanished');
  return view;
}

/** For whom and for which organisations a patient can say yes. */
async function choicesOf(tx: Tx, patientId: string) {
  const [patient] = await tx
    .select({ organisationId: patients.organisationId, provider: organisations.name })
    .from(patients)
    .innerJoin(organisations, eq(organisations.id, patients.organisationId))
    .where(eq(patients.id, patientId));
  if (!patient) throw new Error('the patient vanished');
  const close = await tx
    .select({ id: relatives.id, name: relatives.name })
    .from(relatives)
    .where(and(eq(relatives.patientId, patientId), isNull(relatives.endedAt), ne(relatives.role, 'guardian')))
    .orderBy(asc(relatives.name));
  const others = await tx
    .select({ id: organisations.id, name: organisations.name })
    .from(organisations)
    .where(ne(organisations.id, patient.organisationId))
    .orderBy(asc(organisations.name));
  return { patientId, provider: patient.provider, relatives: close, organisations: others };
}

/** As staff see it; the reading is in the audit. */
export async function consentsOf(ctx: Context, actor: Actor, patientId: string) {
  return ctx.db.transaction(async (tx) => {
    const { row, unitIds } = await patientFor(tx, actor, patientId);
    require_(may(actor, 'consent.keep', { unitIds, organisationId: row.organisationId }));
    await writeAudit(tx, { actorId: actor.userId, action: 'consent.read', patientId });
    return { consents: await views(tx, eq(consents.patientId, patientId)), choices: await choicesOf(tx, patientId) };
  });
}

/** As the patient sees it: at every care provider. */
export async function ownConsents(ctx: Context, actor: Actor) {
  require_(may(actor, 'consent.own', null), 'This page is the patient’s own.');
  return ctx.db.transaction(async (tx) => {
    const own = await tx.select({ id: patients.id }).from(patients).where(eq(patients.userId, actor.userId));
    await writeAudit(tx, { actorId: actor.userId, action: 'consent.own' });
    const ids = own.map(({ id }) => id);
    const list = ids.length ? await views(tx, inArray(consents.patientId, ids)) : [];
    const choices = [];
    for (const id of ids) choices.push(await choicesOf(tx, id));
    return { consents: list, choices };
  });
}
