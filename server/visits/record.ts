/** Visits as staff read them afterwards, and as their patient does. */
import { and, asc, desc, eq, inArray, isNull, ne, notInArray, notLike, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { HistoryRow, OwnVisit, VisitRecord } from '../../contract/record.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import { openStates } from '../../contract/visits.ts';
import type { Tx } from '../../drizzle/client.ts';
import { auditEntries, documentations, notes, participants, patients, units, users, visits } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import { opensUnit, writtenInReach } from '../access/openings.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { interpreterView } from '../interpreting/instead.ts';
import { patientFor } from '../people/patients.ts';
import { can, may, seatOf } from '../policies.ts';
import { noSuchVisit } from './changeVisit.ts';
import { emptyDocumentationOf, wasBegunByVideo } from './documentation.ts';
import { checksOf, qualityOf } from './quality.ts';
import { identityOf, latenessOf, participantView, patientBrief } from './views.ts';
import { loadVisit, type VisitState } from './visitState.ts';

const longestHistory = 300;
const mostListed = 100;

/** Everything about one visit that its staff see; the reading is in the audit, and in what is read. */
export async function readRecord(ctx: Context, actor: Actor, visitId: string): Promise<VisitRecord> {
  return ctx.db.transaction(async (tx) => {
    const visit = await loadVisit(tx, visitId);
    if (!visit) throw noSuchVisit();
    const { unitId, patientId, identityMethod } = visit;
    if (!may(actor, 'visit.read', visit) && !(await opensUnit(tx, actor, patientId, unitId))) throw noSuchVisit();
    await writeAudit(tx, { actorId: actor.userId, action: 'visit.read', subjectId: visitId, visitId, unitId, patientId });
    const { documentation, note } = await writtenAbout(tx, visitId, actor.userId);
    const {
      writtenBy: _,
      writtenAt: __,
      visitId: ___,
      ...text
    } = documentation ?? { ...emptyDocumentationOf(visit), writtenBy: null, writtenAt: null, visitId };
    return {
      ...headOf(visit),
      series: await seriesOf(tx, visit),
      quality: await qualityOf(tx, visitId, visit.phoneSince ?? visit.endedAt),
      checks: await checksOf(tx, visitId),
      people: visit.people.map((person) => participantView(person, visit, { troubles: true, consent: true })),
      documentation: { ...text, identityMethod },
      note: note && { id: note.id, text: note.text, version: note.version },
      history: await historyOf(tx, visitId),
      may: {
        enter: can(seatOf(actor, visit), 'visit.lobby', visit),
        change: may(actor, 'visit.change', visit) && openStates.some((open) => open === visit.stage),
        document: may(actor, 'visit.document', visit),
      },
    };
  });
}

/** Which of how many; what was cancelled counts no more. */
async function seriesOf(tx: Tx, { seriesId, visitId }: VisitState): Promise<VisitRecord['series']> {
  if (!seriesId) return null;
  const rows = await tx
    .select({ id: visits.id })
    .from(visits)
    .where(and(eq(visits.seriesId, seriesId), ne(visits.state, 'cancelled')))
    .orderBy(asc(visits.startsAt));
  const index = rows.findIndex(({ id }) => id === visitId);
  return index === -1 ? null : { nr: index + 1, count: rows.length };
}

function headOf(
  visit: VisitState,
): Pick<
  VisitRecord,
  Exclude<keyof VisitRecord, 'people' | 'series' | 'quality' | 'checks' | 'documentation' | 'note' | 'history' | 'may'>
> {
  const { visitId, patientId, unit, stage, patient, startsAt, place, address, entrance, callbackPhone, durationMinutes, language } = visit;
  const hidden = patient.protectedIdentity;
  return {
    id: visitId,
    patientId,
    unit: { id: unit.id, name: unit.name, phone: unit.phone },
    state: stage,
    synthetic: visit.synthetic,
    patient: patientBrief(visit),
    details: {
      startsAt: startsAt.toISOString(),
      durationMinutes,
      minutesBefore: visit.minutesBefore,
      minutesAfter: visit.minutesAfter,
      modality: visit.modality,
      place,
      address: hidden ? null : address,
      entrance: hidden ? null : entrance,
      callbackPhone: hidden ? null : callbackPhone,
      language,
    },
    addressHidden: hidden,
    detailsVersion: visit.detailsVersion,
    suitability: visit.suitability && { ...visit.suitability, reason: visit.suitabilityReason },
    about: visit.about,
    closingReason: visit.closingReason,
    beganAt: visit.beganAt?.toISOString() ?? null,
    endedAt: visit.endedAt?.toISOString() ?? null,
    identity: identityOf(visit),
    preliminary: visit.preliminary,
    interpreter: interpreterView(visit),
    emergencyAt: visit.emergencyAt?.toISOString() ?? null,
    phoneSince: visit.phoneSince?.toISOString() ?? null,
    begunByVideo: wasBegunByVideo(visit),
    bystanders: visit.bystanders,
  };
}

/** The outcome, and the actor's own note: one statement. */
async function writtenAbout(tx: Tx, visitId: string, authorId: string) {
  const [row] = await tx
    .select({ documentation: documentations, note: notes })
    .from(visits)
    .leftJoin(documentations, eq(documentations.visitId, visits.id))
    .leftJoin(notes, and(eq(notes.visitId, visits.id), eq(notes.authorId, authorId)))
    .where(eq(visits.id, visitId));
  return { documentation: row?.documentation ?? null, note: row?.note ?? null };
}

/** Who did what, in order: one statement. Who only read is for the review of accesses. Names come from the roster, the account, or not at all. */
async function historyOf(tx: Tx, visitId: string): Promise<HistoryRow[]> {
  const [by, about] = [alias(participants, 'by'), alias(participants, 'about')];
  const rows = await tx
    .select({
      entry: auditEntries,
      // The ids come first: by its first column drizzle tells whether a joined row was there.
      account: { id: users.id, name: users.name, place: users.place },
      by: { id: by.id, name: by.name, role: by.role, place: by.place },
      about: { id: about.id, name: about.name, role: about.role, place: about.place },
    })
    .from(auditEntries)
    .leftJoin(users, eq(users.id, auditEntries.actorId))
    .leftJoin(by, and(eq(by.visitId, visitId), eq(by.userId, auditEntries.actorId), eq(by.seat, 'own')))
    .leftJoin(about, and(eq(about.visitId, visitId), eq(about.id, auditEntries.subjectId)))
    .where(and(eq(auditEntries.visitId, visitId), notLike(auditEntries.action, 'media.%'), ne(auditEntries.action, 'visit.read')))
    .orderBy(desc(auditEntries.id))
    .limit(longestHistory);
  return rows.reverse().map(({ entry, account, by: actor, about: subject }) => ({
    at: entry.at.toISOString(),
    action: entry.action,
    actor: actor ? standing(actor) : account && standing({ ...account, role: null }),
    about: subject && standing(subject),
    detail: entry.detail ?? {},
  }));
}

type Standing = NonNullable<HistoryRow['actor']>;
const standing = ({ name, role, place }: Standing): Standing => ({ name, role, place });

/** Visits of a patient at the care units of the actor, and administrators none: they see who is registered, not what for. */
export async function visitsOfPatient(ctx: Context, actor: Actor, patientId: string) {
  return ctx.db.transaction(async (tx) => {
    const { unitIds, row, opened } = await patientFor(tx, actor, patientId);
    require_(may(actor, 'patient.visits', { unitIds, organisationId: row.organisationId, opened }));
    const reach = await writtenInReach(tx, actor, patientId, visits.unitId);
    const rows = await tx
      .select({ id: visits.id, startsAt: visits.startsAt, state: visits.state, unitName: units.name })
      .from(visits)
      .innerJoin(units, eq(units.id, visits.unitId))
      .where(and(eq(visits.patientId, patientId), reach))
      .orderBy(desc(visits.startsAt))
      .limit(mostListed);
    await writeAudit(tx, { actorId: actor.userId, action: 'patient.visits', patientId });
    return rows.map(({ startsAt, ...visit }) => ({ ...visit, startsAt: startsAt.toISOString() }));
  });
}

/** The seats of those who have been in the room of a visit. */
async function whoCame(tx: Tx, visitIds: string[]): Promise<Set<string | null>> {
  const rows = await tx
    .selectDistinct({ id: auditEntries.subjectId })
    .from(auditEntries)
    .where(and(inArray(auditEntries.visitId, visitIds), eq(auditEntries.action, 'visit.join')));
  return new Set(rows.map(({ id }) => id));
}

/** The patient's own page, at every care provider: four statements. */
export async function ownVisits(ctx: Context, actor: Actor): Promise<OwnVisit[]> {
  if (!may(actor, 'visits.own', null)) throw new Refusal('forbidden', 'This page is the patient’s own.');
  return ctx.db.transaction(async (tx) => {
    const rows = await tx
      .select({ visit: visits, unit: { name: units.name, phone: units.phone }, written: documentations })
      .from(visits)
      .innerJoin(patients, eq(patients.id, visits.patientId))
      .innerJoin(units, eq(units.id, visits.unitId))
      .leftJoin(documentations, eq(documentations.visitId, visits.id))
      .where(and(eq(patients.userId, actor.userId), or(isNull(visits.queuedAt), notInArray(visits.state, ['requested', 'triaged'])))) // who stands in a queue sees their place
      .orderBy(desc(visits.startsAt))
      .limit(mostListed);
    const ids = rows.map(({ visit }) => visit.id);
    const seats = ids.length
      ? await tx
          .select()
          .from(participants)
          .where(and(inArray(participants.visitId, ids), eq(participants.seat, 'own')))
          .orderBy(asc(participants.id))
      : [];
    const came = ids.length ? await whoCame(tx, ids) : new Set();
    await writeAudit(tx, { actorId: actor.userId, action: 'visits.own', detail: { listed: rows.length } });
    const bySeat = Map.groupBy(seats, ({ visitId }) => visitId);
    return rows.map(({ visit, unit, written }) => {
      const asked = (bySeat.get(visit.id) ?? []).filter(({ status }) => status !== 'removed');
      const people =
        visit.beganAt && visit.endedAt && visit.modality === 'video'
          ? asked.filter(({ id, acknowledgedAt }) => came.has(id) || acknowledgedAt)
          : asked;
      const told = visit.state === 'documenting' || visit.state === 'in_progress' ? null : written; // when it is done
      return {
        id: visit.id,
        startsAt: visit.startsAt.toISOString(),
        durationMinutes: visit.durationMinutes,
        state: visit.state,
        preliminary: visit.preliminary,
        modality: visit.modality,
        late: latenessOf(visit),
        unit,
        people: people.filter(({ userId }) => userId !== actor.userId).map(({ name, role, place }) => ({ name, role, place })),
        agreed: told?.agreed ?? '',
        followUp: told?.followUp ?? '',
        followUpOwner: told?.followUpOwner ?? null,
        followUpOn: told?.followUpOn ?? null,
        mayEnter: openStates.some((open) => open === visit.state) && asked.some(({ userId }) => userId === actor.userId),
      };
    });
  });
}
