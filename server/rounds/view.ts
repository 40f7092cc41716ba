/** Rounds as they are read: a day's list, and one with all its residents. */
import { and, asc, eq, gte, inArray, lt, or } from 'drizzle-orm';
import { require_ } from '../../contract/refusal.ts';
import { brief, type Round, type RoundItem, type RoundListed } from '../../contract/rounds.ts';
import type { Tx } from '../../drizzle/client.ts';
import { documentations, roundItems, rounds, units, users } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { careUnitsOf, isStaff } from '../policies.ts';
import { careDate, careDay } from '../visits/today.ts';
import { participantView, patientBrief } from '../visits/views.ts';
import { loadVisit } from '../visits/visitState.ts';
import { type ItemRow, loadRound, mayOf, noSuchRound, type RoundRow, secondsOpen } from './round.ts';
import { isDone } from './run.ts';

type Who = { userId: string; name: string | null; place: string };

/** Of the actor's care units, and those that the actor leads by an assignment that holds. */
export async function roundsOf(ctx: Context, actor: Actor, day: string | undefined, now: Date): Promise<RoundListed[]> {
  require_(actor.kind === 'staff');
  const { from, to } = day ? careDate(day) : careDay(now);
  const held = actor.assignments.map(({ unitId }) => unitId);
  const reach = or(inArray(rounds.unitId, careUnitsOf(actor)), and(eq(rounds.doctorId, actor.userId), inArray(rounds.doctorUnitId, held)));
  return ctx.db.transaction(async (tx) => {
    const rows = await tx
      .select({ round: rounds, unitName: units.name, doctor: { userId: users.id, name: users.name, place: users.place } })
      .from(rounds)
      .innerJoin(units, eq(units.id, rounds.unitId))
      .innerJoin(users, eq(users.id, rounds.doctorId))
      .where(and(reach, gte(rounds.startsAt, from), lt(rounds.startsAt, to)))
      .orderBy(asc(rounds.startsAt));
    const ids = rows.map(({ round }) => round.id);
    const items = ids.length ? await tx.select().from(roundItems).where(inArray(roundItems.roundId, ids)) : [];
    if (rows.length > 0) await writeAudit(tx, { actorId: actor.userId, action: 'rounds.list', detail: { listed: rows.length } });
    return rows.map(({ round, unitName, doctor }) => {
      const theirs = items.filter(({ roundId }) => roundId === round.id);
      return { ...headOf(round, unitName, doctor), residents: theirs.length, done: theirs.filter(isDone).length };
    });
  });
}

const headOf = ({ id, unitId, startsAt, state, synthetic }: RoundRow, unitName: string, doctor: Who) => ({
  id,
  unit: { id: unitId, name: unitName },
  startsAt: startsAt.toISOString(),
  state,
  doctor,
  synthetic,
});

/** The reading is in the audit, for each resident. */
export async function readRound(ctx: Context, actor: Actor, roundId: string, now: Date): Promise<Round> {
  return ctx.db.transaction(async (tx) => {
    const found = await loadRound(tx, roundId);
    if (!found || !mayOf(actor, found.round, 'read')) throw noSuchRound();
    const { round, items } = found;
    const people = await peopleOf(tx, found);
    const [unit] = await tx.select({ name: units.name }).from(units).where(eq(units.id, round.unitId));
    const views: RoundItem[] = [];
    for (const item of items) views.push(await itemView(tx, item, people, now));
    await writeAudit(tx, {
      actorId: actor.userId,
      action: 'round.read',
      subjectId: roundId,
      unitId: round.unitId,
      detail: { residents: items.length },
    });
    return {
      ...headOf(round, unit?.name ?? '', who(people, round.doctorId)),
      version: round.version,
      minutesEach: round.minutesEach,
      bedside: round.bedside.map(({ userId }) => who(people, userId)),
      currentItemId: round.currentItemId,
      items: views,
      may: { prepare: mayOf(actor, round, 'prepare'), lead: mayOf(actor, round, 'lead'), bedside: mayOf(actor, round, 'bedside') },
    };
  });
}

async function peopleOf(tx: Tx, { round, items }: { round: RoundRow; items: ItemRow[] }): Promise<Map<string, Who>> {
  const signers = items.flatMap(({ signedBy, readBackBy }) => [signedBy, readBackBy]).filter((id) => id !== null);
  const ids = [...new Set([round.doctorId, ...round.bedside.map(({ userId }) => userId), ...signers])];
  const rows = await tx.select({ userId: users.id, name: users.name, place: users.place }).from(users).where(inArray(users.id, ids));
  return new Map(rows.map((row) => [row.userId, row]));
}

const who = (people: Map<string, Who>, userId: string): Who => people.get(userId) ?? { userId, name: null, place: '' };

async function itemView(tx: Tx, item: ItemRow, people: Map<string, Who>, now: Date): Promise<RoundItem> {
  const visit = await loadVisit(tx, item.visitId);
  if (!visit) throw new Error('a resident of a round has no visit');
  const [written] = await tx.select().from(documentations).where(eq(documentations.visitId, item.visitId));
  const stamp = (by: string | null, at: Date | null) => (by && at ? { by: who(people, by), at: at.toISOString() } : null);
  return {
    id: item.id,
    visitId: item.visitId,
    visitState: visit.stage,
    patientId: item.patientId,
    patient: patientBrief(visit),
    position: item.position,
    urgency: item.urgency,
    infected: item.infected,
    state: item.state,
    partition: visit.partition ?? 'sealed',
    brief: item.brief === null ? null : brief.parse(JSON.parse(item.brief)),
    briefReady: item.briefReadyAt !== null,
    openedAt: item.openedAt?.toISOString() ?? null,
    seconds: secondsOpen(item, now),
    relatives: visit.people
      .filter((person) => !isStaff(person))
      .map((person) => participantView(person, visit, { troubles: true, consent: true })),
    decision:
      written && isDone(item)
        ? {
            as: item.state as 'decided',
            outcome: written.outcome,
            instructions: item.instructions,
            followUpOwner: written.followUpOwner,
            followUpOn: written.followUpOn,
            soundEnough: written.soundEnough,
            pictureEnough: written.pictureEnough,
            version: written.version,
          }
        : null,
    signed: stamp(item.signedBy, item.signedAt),
    readBack: stamp(item.readBackBy, item.readBackAt),
  };
}
