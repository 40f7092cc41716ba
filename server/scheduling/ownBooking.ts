/** Times that patients book themselves, for the kinds of visits that are open to them. */
import { randomInt } from 'node:crypto';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { Need, OwnOffer } from '../../contract/scheduling.ts';
import { openStates } from '../../contract/visits.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { assignments, careRelations, participants, patients, resources, units, visits, visitTypes } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { tell } from '../notifications/tell.ts';
import { may } from '../policies.ts';
import { checkedDetails } from './book.ts';
import { spanOf, type Taken, take } from './bookings.ts';
import { racing } from './racing.ts';
import { patientSeat, staffSeats } from './seatsOf.ts';
import { slotsIn } from './slots.ts';

type VisitType = typeof visitTypes.$inferSelect;
type Offered = { type: VisitType; patient: typeof patients.$inferSelect };

/** Who sees patients where a kind of visit does not say. */
const usual = ['remotePhysician', 'physician', 'nurse'] as const;
/** Who leads, where several take part. */
const leads = ['remotePhysician', 'physician'];

const open = (actor: Actor) => and(eq(patients.userId, actor.userId), eq(visitTypes.openToPatients, true), isNull(visitTypes.endedAt));

export async function ownOffers(ctx: Context, actor: Actor): Promise<OwnOffer[]> {
  require_(may(actor, 'visits.own', null));
  return ctx.db
    .select({
      patientId: patients.id,
      unitName: units.name,
      typeId: visitTypes.id,
      name: visitTypes.name,
      modality: visitTypes.modality,
      minutes: visitTypes.minutes,
    })
    .from(patients)
    .innerJoin(careRelations, eq(careRelations.patientId, patients.id))
    .innerJoin(units, eq(units.id, careRelations.unitId))
    .innerJoin(visitTypes, eq(visitTypes.unitId, units.id))
    .where(open(actor))
    .orderBy(asc(units.name), asc(visitTypes.name));
}

/** @throws {Refusal} `not_found` for a kind that is not open to them. */
async function offered(tx: Db | Tx, actor: Actor, typeId: string, patientId: string): Promise<Offered> {
  require_(may(actor, 'visits.own', null));
  const [row] = await tx
    .select({ type: visitTypes, patient: patients })
    .from(visitTypes)
    .innerJoin(careRelations, eq(careRelations.unitId, visitTypes.unitId))
    .innerJoin(patients, eq(patients.id, careRelations.patientId))
    .where(and(open(actor), eq(visitTypes.id, typeId), eq(patients.id, patientId)))
    .for('update', { of: patients }); // of two times taken at once by one patient the second sees the first
  if (!row) throw new Refusal('not_found', 'There is no such kind of visit.', 'typeId');
  return row;
}

/** One of each role and one of each thing that the kind wants; null where the unit has none of one of them. */
async function needsOf(
  tx: Db | Tx,
  { unitId, roles, resources: kinds }: VisitType,
): Promise<{ needs: Need[]; roleOf: Map<string, string> } | null> {
  const staff = await tx
    .select({ userId: assignments.userId, role: assignments.role })
    .from(assignments)
    .where(and(eq(assignments.unitId, unitId), isNull(assignments.endedAt)));
  const things = kinds.length
    ? await tx
        .select({ id: resources.id, kind: resources.kind })
        .from(resources)
        .where(and(eq(resources.unitId, unitId), isNull(resources.endedAt), inArray(resources.kind, kinds)))
    : [];
  const groups: readonly (readonly string[])[] = roles.length > 0 ? roles.map((role) => [role]) : [usual];
  const people = groups.map((group) => staff.filter(({ role }) => group.includes(role)).map(({ userId }) => ({ userId, unitId })));
  const objects = kinds.map((kind) => things.filter((thing) => thing.kind === kind).map(({ id }) => id));
  if (people.some(({ length }) => length === 0) || objects.some(({ length }) => length === 0)) return null;
  const needs = [...people.map((one) => ({ staff: one })), ...objects.map((one) => ({ resources: one }))];
  return { needs, roleOf: new Map(staff.map(({ userId, role }) => [userId, role])) };
}

type Wish = { typeId: string; patientId: string; from: string; until: string };

/** Four weeks of whole days, a quarter of an hour apart. */
const mostShown = 1_500;

/** Times alone: not with whom. */
export async function ownSlots(ctx: Context, actor: Actor, { typeId, patientId, from, until }: Wish, now: Date): Promise<string[]> {
  const { type } = await offered(ctx.db, actor, typeId, patientId);
  const wanted = await needsOf(ctx.db, type);
  if (!wanted) return [];
  const { unitId, minutes, minutesBefore, minutesAfter } = type;
  const search = { unitId, from, until, minutes, minutesBefore, minutesAfter, needs: wanted.needs, limit: mostShown };
  return (await slotsIn(ctx, search, now)).map(({ startsAt }) => startsAt);
}

const gone = (): Refusal => new Refusal('conflict', 'That time is free no more.', 'startsAt');

type Own = { visitId: string; typeId: string; patientId: string; startsAt: string };

/** The same id again is the same visit. @throws {Refusal} `conflict`, naming `startsAt`, if that time is free no more. */
export async function bookOwn(ctx: Context, actor: Actor, { visitId, typeId, patientId, startsAt }: Own, now: Date): Promise<void> {
  const booked = await racing(() =>
    ctx.db.transaction(async (tx) => {
      const { type, patient } = await offered(tx, actor, typeId, patientId);
      const [before] = await tx.select({ by: visits.bookedBy }).from(visits).where(eq(visits.id, visitId));
      if (before?.by === actor.userId) return null;
      if (before) throw new Refusal('conflict', 'This number is taken by another visit.', 'visitId');
      await requireFree(tx, patientId, new Date(startsAt), type.minutes);
      const chosen = await chooseFree(tx, type, startsAt, now);
      const { unitId, minutes, minutesBefore, minutesAfter, modality } = type;
      const { address, entrance, phone, language, synthetic } = patient;
      const details = checkedDetails(
        {
          startsAt,
          durationMinutes: minutes,
          minutesBefore,
          minutesAfter,
          modality,
          place: '–',
          address,
          entrance,
          callbackPhone: phone,
          language,
        },
        now,
      );
      await tx.insert(visits).values({ ...details, id: visitId, unitId, patientId, typeId, bookedBy: actor.userId, synthetic });
      const visit = { visitId, startsAt: details.startsAt };
      await tx.insert(participants).values([...(await staffSeats(tx, visit, chosen.staff)), patientSeat(visit, patient)]);
      await take(tx, { visitId }, spanOf(details), chosen.taken, null).catch((error: unknown) => {
        throw error instanceof Refusal ? gone() : error; // who is taken is not for patients to know
      });
      await tell(ctx, tx, visitId, { purpose: 'invitation', isNew: true }, now);
      await writeAudit(tx, { actorId: actor.userId, action: 'visit.bookOwn', subjectId: visitId, visitId, unitId, patientId });
      return { unitId, userIds: [actor.userId, ...chosen.staff.map(({ userId }) => userId)] };
    }),
  );
  if (booked) ctx.hub.listChanged(booked.unitId, booked.userIds);
}

/** @throws {Refusal} `conflict`, naming `own`, where the patient has another visit then. */
async function requireFree(tx: Tx, patientId: string, startsAt: Date, minutes: number): Promise<void> {
  const until = new Date(startsAt.getTime() + minutes * 60_000).toISOString();
  const overlaps = sql`tstzrange(${visits.startsAt}, ${visits.startsAt} + make_interval(mins => ${visits.durationMinutes}))
    && tstzrange(${startsAt.toISOString()}, ${until})`;
  const [other] = await tx
    .select({ id: visits.id })
    .from(visits)
    .where(and(eq(visits.patientId, patientId), inArray(visits.state, [...openStates]), overlaps))
    .limit(1);
  if (other) throw new Refusal('conflict', 'The patient has another visit then.', 'own');
}

type Chosen = { staff: { userId: string; unitId: string; host: boolean; atBedside: boolean }[]; taken: Taken[] };

/** Of those that are free then, by lot: work is spread. Nobody fills two needs. */
async function chooseFree(tx: Tx, type: VisitType, startsAt: string, now: Date): Promise<Chosen> {
  const wanted = await needsOf(tx, type);
  if (!wanted) throw gone();
  const { unitId, minutes, minutesBefore, minutesAfter } = type;
  const until = new Date(Date.parse(startsAt) + 60_000).toISOString();
  const search = { unitId, from: startsAt, until, minutes, minutesBefore, minutesAfter, needs: wanted.needs, limit: 1 };
  const [slot] = await slotsIn({ db: tx }, search, now);
  if (slot?.startsAt !== new Date(startsAt).toISOString()) throw gone();
  const picked: string[] = [];
  for (const free of slot.free) {
    const left = free.filter((id) => !picked.includes(id));
    const one = left[left.length > 0 ? randomInt(left.length) : 0];
    if (!one) throw gone();
    picked.push(one);
  }
  const users = picked.filter((id) => wanted.roleOf.has(id));
  const host = users.find((id) => leads.includes(wanted.roleOf.get(id) ?? '')) ?? users[0];
  return {
    staff: users.map((userId) => ({ userId, unitId, host: userId === host, atBedside: false })),
    taken: picked.map((id) => ({ kind: wanted.roleOf.has(id) ? 'user' : 'resource', id })),
  };
}
