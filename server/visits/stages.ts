import { Refusal } from '../../contract/refusal.ts';
import type { VisitState as Stage } from '../../contract/visits.ts';

const beforeItBegins = ['no_show', 'cancelled', 'tech_failed', 'converted_to_physical'] as const;

/** Where a visit can go from each stage. */
export const nextStages: Record<Stage, readonly Stage[]> = {
  requested: ['triaged', 'booked', 'cancelled'],
  triaged: ['booked', 'cancelled', 'converted_to_physical'],
  booked: ['checked_in', 'waiting', 'in_progress', 'documenting', ...beforeItBegins],
  checked_in: ['waiting', 'in_progress', 'documenting', ...beforeItBegins],
  waiting: ['checked_in', 'in_progress', 'documenting', ...beforeItBegins],
  in_progress: ['documenting'],
  documenting: ['completed', 'converted_to_physical', 'escalated_emergency', 'tech_failed'],
  completed: [],
  no_show: [],
  cancelled: [],
  tech_failed: [],
  converted_to_physical: [],
  escalated_emergency: [],
};

/** @throws {Refusal} `conflict` if a visit does not go from the one to the other. */
export function requireStep(from: Stage, to: Stage): void {
  if (!nextStages[from].includes(to)) throw new Refusal('conflict', `A visit that is ${from} does not become ${to}.`);
}
