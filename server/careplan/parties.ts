/** Who plans together, of what each may be told, and where each stands. */
import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { carePlanRoutes } from '../../contract/carePlans.ts';
import type { NewConsentBasis } from '../../contract/consent.ts';
import type { stance } from '../../contract/planParties.ts';
import type { Area } from '../../contract/planParts.ts';
import { endedStates } from '../../contract/planSteps.ts';
import { Refusal } from '../../contract/refusal.ts';
import { carePlanParties, consents, directoryUnits, relatives } from '../../drizzle/schema/index.ts';
import { file } from '../consent/consents.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { settleMeetings } from './moves.ts';
import { changePlan, mayCoordinate, type PlanChange, partyOf } from './plan.ts';

type Added = z.output<(typeof carePlanRoutes)['POST /api/care-plans/:planId/parties']['body']>;
type PartyInsert = typeof carePlanParties.$inferInsert;

const mostParties = 24;

/**
 * The same again is once.
 *
 * @throws {Refusal} `invalid`, naming `directoryId` or `relativeId`; `conflict` if they are a party already, or it is full.
 */
export async function addParty(ctx: Context, actor: Actor, planId: string, given: Added, now: Date): Promise<void> {
  await changePlan(ctx, actor, planId, {}, now, async (change) => {
    const { tx, plan, parties, audit } = change;
    requireRunning(change);
    if (parties.some(({ id }) => id === given.partyId)) return false;
    if (parties.length >= mostParties) throw new Refusal('conflict', `No more than ${mostParties} parties fit.`);
    const row = { ...(await partyFrom(change, given)), id: given.partyId, planId: plan.id };
    const made = await tx.insert(carePlanParties).values(row).onConflictDoNothing().returning({ id: carePlanParties.id });
    if (made.length === 0) throw new Refusal('conflict', 'They are a party to this plan already.', 'partyId');
    await audit('plan.party', given.partyId, { kind: row.kind });
    return true;
  });
}

async function partyFrom({ tx, plan }: PlanChange, given: Added): Promise<Omit<PartyInsert, 'id' | 'planId'>> {
  if (given.from === 'other') return { kind: given.kind, name: given.name, contact: given.contact, channel: 'letter' };
  if (given.from === 'relative') {
    const [row] = await tx
      .select({ name: relatives.name })
      .from(relatives)
      .where(and(eq(relatives.id, given.relativeId), eq(relatives.patientId, plan.patientId), isNull(relatives.endedAt)));
    if (!row) throw new Refusal('invalid', 'relativeId: is not close to this person', 'relativeId');
    return { kind: 'relative', name: row.name, relativeId: given.relativeId };
  }
  const [unit] = await tx
    .select()
    .from(directoryUnits)
    .where(and(eq(directoryUnits.id, given.directoryId), eq(directoryUnits.retired, false)));
  if (!unit) throw new Refusal('invalid', 'directoryId: there is no such unit in the directory', 'directoryId');
  return partyOfUnit(unit);
}

export const partyOfUnit = ({ id, kind, principal, name, unitId, channel }: typeof directoryUnits.$inferSelect) => ({
  kind,
  name: `${name}, ${principal}`,
  directoryId: id,
  unitId,
  channel,
});

/** @throws {Refusal} `conflict` if they have been summoned: then they answer. */
export const removeParty = (ctx: Context, actor: Actor, planId: string, partyId: string, now: Date): Promise<void> =>
  changePlan(ctx, actor, planId, {}, now, async (change) => {
    const { tx, parties, plan, set, audit } = change;
    requireRunning(change);
    const party = parties.find(({ id }) => id === partyId);
    if (!party) return false; // twice is once
    if (party.sentAt) throw new Refusal('conflict', 'They have been summoned.', 'partyId');
    if (plan.responsiblePartyId === partyId) await set({ responsiblePartyId: null });
    await tx.delete(carePlanParties).where(eq(carePlanParties.id, partyId));
    await audit('plan.partyOff', partyId);
    return true;
  });

/**
 * Of what the person lets a party be told: what was said before ends, and another yes begins. None is a yes to nothing.
 *
 * @throws {Refusal} `invalid`, naming the field of the consent.
 */
export async function share(
  ctx: Context,
  actor: Actor,
  planId: string,
  partyId: string,
  { areas, consent }: { areas: Area[]; consent: NewConsentBasis },
  now: Date,
): Promise<void> {
  await changePlan(ctx, actor, planId, {}, now, async (change) => {
    const { tx, plan, patient, parties, sharing, audit } = change;
    requireRunning(change);
    partyOf(parties, partyId);
    if (!sharing.stands) throw new Refusal('conflict', 'The person has not said yes to a plan.', 'consent');
    const before = sharing.areasOf.get(partyId) ?? new Set<Area>();
    if (before.size === areas.length && areas.every((area) => before.has(area))) return false;
    await tx
      .update(consents)
      .set({ endedAt: now, endedAs: 'withdrawn', endedBy: actor.userId, stoppedAt: now })
      .where(and(eq(consents.partyId, partyId), eq(consents.type, 'planSharing'), isNull(consents.endedAt)));
    const row = { ...consent, type: 'planSharing' as const, carePlanId: plan.id, partyId, areas, keptBy: actor.userId };
    if (areas.length > 0) await file(tx, patient, row, now, plan.unitId);
    await audit('plan.share', partyId, { areas: areas.join(' ') });
    return true;
  });
  await settleMeetings(ctx, planId, actor.userId);
}

type Stance = z.output<typeof stance>;

/** By the party's own people, or kept by the coordinator who heard it. */
export const takeStance = (ctx: Context, actor: Actor, planId: string, partyId: string, said: Stance, now: Date): Promise<void> =>
  changePlan(ctx, actor, planId, { part: 'any' }, now, async (change) => {
    const { parties, viewer, party, audit } = change;
    partyOf(parties, partyId);
    if (!mayCoordinate(viewer) && viewer.partyId !== partyId) throw new Refusal('forbidden', 'Each party speaks for itself.');
    requireDraft(change);
    await party(partyId, { stance: said.stance, stanceWords: said.words, stanceAt: now });
    await audit('plan.stance', partyId, { stance: said.stance });
    return true;
  });

/** By the person themselves, or whoever heard them. */
export const personSays = (ctx: Context, actor: Actor, planId: string, said: Stance, now: Date): Promise<void> =>
  changePlan(ctx, actor, planId, { part: 'any' }, now, async (change) => {
    if (!change.viewer.whole) throw new Refusal('forbidden', 'This is the person’s to say.');
    requireDraft(change);
    await change.set({ personStance: said.stance, personWords: said.words, personAt: now });
    await change.audit('plan.personSays', change.plan.id, { stance: said.stance });
    return true;
  });

function requireDraft({ plan }: PlanChange): void {
  if (plan.state !== 'in_meeting' && plan.state !== 'plan_draft')
    throw new Refusal('conflict', 'There is no plan to agree with yet, or it holds already.', 'state');
}

export function requireRunning({ plan }: Pick<PlanChange, 'plan'>): void {
  if (endedStates.includes(plan.state)) throw new Refusal('ended', 'The plan has come to its end.');
}
