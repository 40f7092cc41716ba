/** Visits that patients ask for: requested, then triaged, then booked or declined. */
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { OwnUnit, requestRoutes, VisitRequest } from '../../contract/requests.ts';
import { careRelations, patients, units, visits } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { listedPatient } from '../people/patients.ts';
import { careUnitsOf, may } from '../policies.ts';
import { changeVisit, noSuchVisit } from '../visits/changeVisit.ts';

type Asked = z.output<(typeof requestRoutes)['POST /api/my/requests']['body']>;

/** The units where the actor is a patient, at every care provider. */
export async function ownUnits(ctx: Context, actor: Actor): Promise<OwnUnit[]> {
  require_(may(actor, 'visits.own', null));
  return ctx.db
    .select({ patientId: patients.id, unitId: units.id, name: units.name })
    .from(patients)
    .innerJoin(careRelations, eq(careRelations.patientId, patients.id))
    .innerJoin(units, eq(units.id, careRelations.unitId))
    .where(eq(patients.userId, actor.userId))
    .orderBy(asc(units.name));
}

/** @throws {Refusal} `not_found` for a unit that the actor is no patient of. */
export async function askForVisit(ctx: Context, actor: Actor, { visitId, patientId, unitId, about }: Asked, now: Date): Promise<void> {
  require_(may(actor, 'visits.own', null));
  await ctx.db.transaction(async (tx) => {
    const [own] = await tx
      .select({ patient: patients })
      .from(patients)
      .innerJoin(careRelations, and(eq(careRelations.patientId, patients.id), eq(careRelations.unitId, unitId)))
      .where(and(eq(patients.id, patientId), eq(patients.userId, actor.userId)));
    if (!own) throw new Refusal('not_found', 'There is no such unit.', 'unitId');
    const { language, address, entrance, phone, synthetic } = own.patient;
    const row = {
      id: visitId,
      unitId,
      patientId,
      startsAt: now,
      place: '',
      address,
      entrance,
      callbackPhone: phone,
      language,
      about,
      synthetic,
    };
    const made = await tx
      .insert(visits)
      .values({ ...row, state: 'requested', bookedBy: actor.userId })
      .onConflictDoNothing()
      .returning({ id: visits.id });
    if (made.length > 0)
      await writeAudit(tx, { actorId: actor.userId, action: 'visit.request', subjectId: visitId, visitId, unitId, patientId });
  });
  ctx.hub.listChanged(unitId, [actor.userId]);
}

/** What patients of the actor's care units have asked for: two statements. */
export async function requestsOf(ctx: Context, actor: Actor): Promise<VisitRequest[]> {
  const unitIds = careUnitsOf(actor);
  require_(unitIds.length > 0);
  return ctx.db.transaction(async (tx) => {
    const rows = await tx
      .select({ visit: visits, patient: patients, unitName: units.name })
      .from(visits)
      .innerJoin(patients, eq(patients.id, visits.patientId))
      .innerJoin(units, eq(units.id, visits.unitId))
      .where(and(inArray(visits.unitId, unitIds), inArray(visits.state, ['requested', 'triaged']), isNull(visits.queuedAt)))
      .orderBy(asc(visits.startsAt));
    await writeAudit(tx, { actorId: actor.userId, action: 'requests.list', unitId: unitIds[0] ?? null, detail: { listed: rows.length } });
    return rows.map(({ visit, patient, unitName }) => ({
      id: visit.id,
      unitId: visit.unitId,
      unitName,
      patient: listedPatient(patient),
      state: visit.state,
      askedAt: visit.startsAt.toISOString(),
      about: visit.about ?? '',
      priority: visit.priority,
    }));
  });
}

/** Assesses how soon. It may be assessed anew until it is booked. */
export async function triage(ctx: Context, actor: Actor, visitId: string, priority: VisitRequest['priority']): Promise<void> {
  await changeVisit(ctx, visitId, actor.userId, async ({ before, set, stage, audit }) => {
    if (!may(actor, 'visit.read', before)) throw noSuchVisit();
    require_(may(actor, 'visit.change', before));
    if (before.stage === 'triaged') await set({ priority });
    else await stage('triaged', { priority });
    await audit('visit.triage', visitId, { priority: priority ?? '' });
    return true;
  });
}
