/** What a plan must say before it holds (HSL 16:4, SoL 10:8–9), and the signing of it. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { ActivationGap } from '../../contract/carePlans.ts';
import { isPrincipal } from '../../contract/planKinds.ts';
import type { Chosen, TextField } from '../../contract/planParts.ts';
import { heldStates } from '../../contract/planSteps.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import { carePlans } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { fileFollowUp, fileTaskDue } from './due.ts';
import { changePlan } from './plan.ts';
import type { PartRow, PartyRow, PlanRow } from './sharing.ts';
import { textsOfParts } from './texts.ts';

type Written = Pick<PartRow, 'id' | 'kind'> & { chosen: Pick<Chosen, 'partyId'>; texts: Partial<Record<TextField, string>> };
type Judged = {
  plan: Pick<PlanRow, 'responsiblePartyId' | 'followUpOn' | 'noOtherMeasures' | 'personStance'>;
  parties: readonly Pick<PartyRow, 'id' | 'kind' | 'answer' | 'stance'>[];
  parts: readonly Written[];
};

const says = ({ texts }: Written): boolean => (texts.what ?? '').trim().length > 0;

/** The statutory four, when it is followed up, and where the person and every party that came stand. */
export function gapsOf({ plan, parties, parts }: Judged): ActivationGap[] {
  const interventions = parts.filter((part) => part.kind === 'intervention' && says(part));
  const principals = new Set(parties.filter(({ kind }) => isPrincipal(kind)).map(({ id }) => id));
  const gaps: [ActivationGap, boolean][] = [
    ['interventions', interventions.length === 0],
    ['principals', interventions.some(({ chosen }) => chosen.partyId === null || !principals.has(chosen.partyId))],
    ['measures', !plan.noOtherMeasures && !parts.some((part) => part.kind === 'measure' && says(part))],
    ['responsible', plan.responsiblePartyId === null || !principals.has(plan.responsiblePartyId)],
    ['followUp', plan.followUpOn === null],
    ['stances', parties.some(({ answer, stance }) => answer === 'accepted' && stance === null)],
    ['person', plan.personStance === null],
  ];
  return gaps.filter(([, is]) => is).map(([gap]) => gap);
}

/** From now on the newer one holds; what the older one said stays to be read. */
async function replace(tx: Tx, planId: string, now: Date): Promise<void> {
  await tx
    .update(carePlans)
    .set({ state: 'revised', endedAt: now, version: sql`${carePlans.version} + 1` })
    .where(and(eq(carePlans.id, planId), inArray(carePlans.state, [...heldStates])));
}

/**
 * Whoever signs does so for the unit that coordinates. Of two at once the first does.
 *
 * @throws {Refusal} `invalid`, naming the first gap; `conflict` if it is not a draft, or was changed meanwhile.
 */
export async function activate(ctx: Context, actor: Actor, planId: string, basedOn: number, now: Date): Promise<void> {
  let older: string | null = null;
  await changePlan(ctx, actor, planId, { basedOn }, now, async ({ tx, plan, parties, parts, sharing, step, audit }) => {
    if (!sharing.stands) throw new Refusal('conflict', 'The person has not said yes to a plan.', 'consent');
    const texts = await textsOfParts(
      tx,
      parts.map(({ id }) => id),
    );
    const written = parts.map((part) => ({ ...part, chosen: JSON.parse(part.chosen) as Chosen, texts: texts.get(part.id) ?? {} }));
    const [gap] = gapsOf({ plan, parties, parts: written });
    if (gap) throw new Refusal('invalid', `${gap}: is missing`, gap);
    if (plan.followUpOn !== null && plan.followUpOn <= now.toISOString().slice(0, 10))
      throw new Refusal('invalid', 'followUp: is past', 'followUp');
    await step('plan_active', { activatedAt: now, signedBy: actor.userId });
    await audit('plan.activate');
    older = plan.takesPlaceOf;
    if (older !== null) await replace(tx, older, now);
    if (plan.followUpOn !== null) await fileFollowUp(ctx, tx, planId, plan.followUpOn);
    for (const { chosen } of written) if (chosen.on !== null && chosen.ownerUserId !== null) await fileTaskDue(ctx, tx, planId, chosen.on);
    return true;
  });
  if (older !== null) ctx.hub.planChanged(older);
}
