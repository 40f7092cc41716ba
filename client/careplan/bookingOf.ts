import type { CarePlan } from '../../contract/carePlans.ts';

/** The way to book a meeting of the plan; those close to the person who are party to it are ticked there. */
export function bookingOf({ id, patientId, unit, parties }: CarePlan, minutes: number): string {
  const relatives = parties.flatMap(({ relativeId, summons }) => (relativeId && summons?.answer !== 'declined' ? relativeId : []));
  return `/book?patient=${patientId}&unit=${unit.id}&minutes=${minutes}&carePlan=${id}&relatives=${relatives.join(',')}`;
}
