/** How a coordinated individual plan (SIP, samordnad individuell plan) goes from need to follow-up. */

export const planStates = [
  'need_identified',
  'offered',
  'declined',
  'consented',
  'preparing',
  'summoned',
  'meeting_scheduled',
  'in_meeting',
  'plan_draft',
  'plan_active',
  'followup_due',
  'revised', // a newer version has taken its place
  'closed',
  'consent_withdrawn',
] as const;
export type PlanState = (typeof planStates)[number];

/** A declined plan may be offered again, and a meeting may be held more than once before there is a plan. */
const next: Record<PlanState, readonly PlanState[]> = {
  need_identified: ['offered', 'closed'],
  offered: ['consented', 'declined', 'closed'],
  declined: ['offered', 'closed'],
  consented: ['preparing', 'closed', 'consent_withdrawn'],
  preparing: ['summoned', 'closed', 'consent_withdrawn'],
  summoned: ['meeting_scheduled', 'preparing', 'closed', 'consent_withdrawn'],
  meeting_scheduled: ['in_meeting', 'summoned', 'closed', 'consent_withdrawn'],
  in_meeting: ['plan_draft', 'closed', 'consent_withdrawn'],
  plan_draft: ['plan_active', 'meeting_scheduled', 'in_meeting', 'closed', 'consent_withdrawn'],
  plan_active: ['followup_due', 'revised', 'closed', 'consent_withdrawn'],
  followup_due: ['revised', 'plan_active', 'closed', 'consent_withdrawn'],
  revised: [],
  closed: [],
  consent_withdrawn: [],
};

export const mayGo = (from: PlanState, to: PlanState): boolean => next[from].includes(to);

/** Where the plan is written. */
export const writtenStates: readonly PlanState[] = ['preparing', 'summoned', 'meeting_scheduled', 'in_meeting', 'plan_draft'];
/** Where it holds. */
export const heldStates: readonly PlanState[] = ['plan_active', 'followup_due'];
/** Where it has come to its end. */
export const endedStates: readonly PlanState[] = ['revised', 'closed', 'consent_withdrawn'];
