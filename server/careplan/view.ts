/** A plan as one who looks may see it. */
import { asc, eq } from 'drizzle-orm';
import type { CarePlan, Preparation } from '../../contract/carePlans.ts';
import type { ChildBasis } from '../../contract/planAfter.ts';
import { partyKinds } from '../../contract/planKinds.ts';
import type { PartyView, SummonsText } from '../../contract/planParties.ts';
import type { Aid, Chosen, PartView } from '../../contract/planParts.ts';
import { writtenStates } from '../../contract/planSteps.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { carePlanItems, units, users } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { gapsOf } from './activation.ts';
import { afterOf } from './after.ts';
import { briefOf } from './board.ts';
import { isChild } from './children.ts';
import { newerOf } from './editions.ts';
import { meetingsOf } from './meeting.ts';
import { assesses, mayRemove } from './parts.ts';
import { mayCoordinate, type PlanState_, planFor } from './plan.ts';
import { seatedFor } from './seat.ts';
import { mayBeTold, type PartRow, type PartyRow, type Viewer } from './sharing.ts';
import { templateAt } from './templates.ts';
import { type Texts, textsOfParts } from './texts.ts';

/** The reading is in the audit. @throws {Refusal} `not_found` for a plan out of reach. */
export async function readPlan(ctx: Context, actor: Actor, planId: string, now: Date): Promise<CarePlan> {
  return ctx.db.transaction(async (tx) => {
    const state = await planFor(tx, actor, planId, now);
    const { unitId, patientId } = state.plan;
    await writeAudit(tx, { actorId: actor.userId, action: 'plan.read', subjectId: planId, unitId, patientId });
    return planViewOf(tx, actor, state, now);
  });
}

/** Parts outside the consent of whoever looks are not in it, nor anything that says that they are there. */
export async function planViewOf(tx: Db | Tx, actor: Actor, state: PlanState_ & { viewer: Viewer }, now: Date): Promise<CarePlan> {
  const { plan, patient, parties, parts, sharing, viewer } = state;
  const told = parts.filter((part) => mayBeTold(sharing, viewer, part));
  const texts = await textsOfParts(
    tx,
    told.map(({ id }) => id),
  );
  const views = told.map((part) => partViewOf(part, texts.get(part.id) ?? {}, mayRemove(actor, viewer, part)));
  const [unit] = await tx.select({ id: units.id, name: units.name }).from(units).where(eq(units.id, plan.unitId));
  const coordinator = await nameOf(tx, plan.coordinatorId);
  const meeting = (await meetingsOf(tx, [plan.id])).get(plan.id);
  const whole = viewer.whole;
  const written = writtenStates.includes(plan.state);
  return {
    id: plan.id,
    state: plan.state,
    unit: unit ?? { id: plan.unitId, name: '' },
    patient: briefOf(patient),
    patientId: plan.patientId,
    coordinator,
    coordinatorId: plan.coordinatorId,
    edition: plan.edition,
    meetingAt: meeting?.startsAt.toISOString() ?? null,
    followUpOn: plan.followUpOn,
    version: plan.version,
    need: whole ? plan.need : '',
    proposedBy: whole ? plan.proposedBy : '',
    declinedWhy: whole ? plan.declinedWhy : null,
    preparation: whole && plan.preparation ? (JSON.parse(plan.preparation) as Preparation) : null,
    parties: parties.toSorted(byKind).map((party) => partyViewOf(party, parties, state)),
    agenda: await agendaOf(tx, state),
    meetingId: meeting?.visitId ?? null,
    parts: views,
    responsiblePartyId: plan.responsiblePartyId,
    noOtherMeasures: plan.noOtherMeasures,
    personSays: plan.personStance ? { stance: plan.personStance, words: whole ? plan.personWords : '' } : null,
    gaps: mayCoordinate(viewer) && written ? gapsOf({ plan, parties, parts: views }) : [],
    activatedAt: plan.activatedAt?.toISOString() ?? null,
    signedBy: await nameOf(tx, plan.signedBy),
    endedWhy: whole ? plan.endedWhy : null,
    isChild: isChild(patient, now),
    child: mayCoordinate(viewer) && plan.child ? (JSON.parse(plan.child) as ChildBasis) : null,
    ...(await templateFor(tx, state)),
    ...(await afterOf(tx, actor, state, now)),
    takesPlaceOf: whole ? plan.takesPlaceOf : null,
    newerId: whole ? ((await newerOf(tx, plan.id))?.id ?? null) : null,
    you: { whole, partyId: viewer.partyId },
    may: {
      coordinate: mayCoordinate(viewer),
      write: written && !viewer.out && (whole || sharing.stands),
      assess: assesses(actor, state),
      sit: meeting?.open === true && seatedFor(state) !== null,
    },
  };
}

/** Those close to the person are told what they are asked, and nothing of what it comes from. */
async function templateFor(
  tx: Db | Tx,
  { plan, parties, viewer }: PlanState_ & { viewer: Viewer },
): Promise<Pick<CarePlan, 'template' | 'asked'>> {
  const { templateId, templateVersion } = plan;
  const close = parties.some(({ id, kind }) => id === viewer.partyId && kind === 'relative');
  if (templateId === null || templateVersion === null || !(viewer.whole || close)) return { template: null, asked: [] };
  const template = await templateAt(tx, templateId, templateVersion);
  return { template: viewer.whole ? template : null, asked: template?.questions ?? [] };
}

/** The unit that coordinates, and the person, see all of it; a party what it takes part in. */
async function agendaOf(tx: Db | Tx, { plan, viewer, sharing }: PlanState_ & { viewer: Viewer }): Promise<CarePlan['agenda']> {
  const items = await tx.select().from(carePlanItems).where(eq(carePlanItems.planId, plan.id)).orderBy(asc(carePlanItems.position));
  const theirs = items.filter(
    (item) => viewer.whole || (viewer.partyId !== null && item.partyIds.includes(viewer.partyId) && mayBeTold(sharing, viewer, item)),
  );
  return theirs.map(({ id, title, areas, minutes, partyIds }) => ({ id, title, areas, minutes, partyIds: viewer.whole ? partyIds : [] }));
}

export function partViewOf(row: PartRow, texts: Texts, removable: boolean): PartView {
  const { id, kind, areas, position, prompt, goalReached, version } = row;
  const chosen = JSON.parse(row.chosen) as Chosen;
  const aid = row.aid ? (JSON.parse(row.aid) as Aid) : null;
  return { id, kind, areas, position, prompt, texts, chosen, aid, goalReached, removable, version };
}

/** Principals as they are named in law, then the others; each by name. */
const byKind = (a: PartyRow, b: PartyRow): number =>
  partyKinds.indexOf(a.kind) - partyKinds.indexOf(b.kind) || a.name.localeCompare(b.name, 'sv');

/** A party is told who else plans; of what another is told, was asked or says of the plan, it is not. */
function partyViewOf(party: PartyRow, parties: PartyRow[], { viewer, sharing }: PlanState_ & { viewer: Viewer }): PartyView {
  const own = viewer.whole || viewer.partyId === party.id;
  return {
    id: party.id,
    kind: party.kind,
    name: party.name,
    contact: own ? party.contact : null,
    relativeId: own ? party.relativeId : null,
    channel: own ? party.channel : null,
    areas: own ? [...(sharing.areasOf.get(party.id) ?? [])] : null,
    summons: own ? summonsOf(party, parties) : null,
    stance:
      party.stance && party.stanceAt
        ? { stance: party.stance, words: own ? party.stanceWords : '', at: party.stanceAt.toISOString() }
        : null,
  };
}

function summonsOf(party: PartyRow, parties: PartyRow[]): PartyView['summons'] {
  if (!party.summons || !party.sentAt) return null;
  const { answer, answerWords, answeredAt, reference, escalatedAt, forwardedTo } = party;
  return {
    ...(JSON.parse(party.summons) as SummonsText),
    channel: party.channel ?? 'letter',
    sentAt: party.sentAt.toISOString(),
    reference,
    answer,
    answeredAt: answeredAt?.toISOString() ?? null,
    who: answer === 'accepted' ? answerWords : null,
    reason: answer === 'declined' ? answerWords : null,
    forwardedTo: parties.find(({ id }) => id === forwardedTo)?.name ?? null,
    escalatedAt: escalatedAt?.toISOString() ?? null,
  };
}

async function nameOf(tx: Db | Tx, userId: string | null): Promise<string | null> {
  if (!userId) return null;
  const [row] = await tx.select({ name: users.name, place: users.place }).from(users).where(eq(users.id, userId));
  return row?.name ?? row?.place ?? null;
}
