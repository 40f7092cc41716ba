/** What makes an access worth a look. Pure: an access and what is known around it in, reasons out. */
import { createHash } from 'node:crypto';
import type { reviewReasons } from '../../contract/access.ts';
import { hourIn } from '../visits/today.ts';

export type Reason = (typeof reviewReasons)[number];

export type Seen = {
  entryId: number;
  at: Date;
  action: string;
  actorName: string | null;
  patientName: string | null;
  patientAddress: string | null;
  actorAddresses: string[]; // of patients of the same organisation with the actor's name
  relativeNames: string[];
  colleagueNames: string[];
  visitNear: boolean; // of the patient at the unit, within a month
};

const opensHour = 6;
const closesHour = 22;
const reads = new Set(['patient.read', 'patient.visits', 'consent.read']);

const same = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && one.trim().toLowerCase() === other.trim().toLowerCase();
const surname = (name: string | null): string | null => name?.trim().split(/\s+/).at(-1) ?? null;

export function reasonsFor(seen: Seen): Reason[] {
  const { action, at, actorName, patientName, patientAddress, actorAddresses, relativeNames, colleagueNames, visitNear } = seen;
  const hour = hourIn(at);
  const told: [Reason, boolean][] = [
    ['emergency', action === 'patient.emergency'],
    ['opened', action === 'patient.open'],
    ['ownName', same(surname(actorName), surname(patientName))],
    ['relative', relativeNames.some((name) => same(name, actorName))],
    ['colleague', colleagueNames.some((name) => same(name, patientName) && !same(name, actorName))],
    ['neighbour', patientAddress !== null && actorAddresses.some((address) => same(address, patientAddress))],
    ['outsideHours', hour < opensHour || hour >= closesHour],
    ['withoutVisit', reads.has(action) && !visitNear],
  ];
  return told.filter(([, holds]) => holds).map(([reason]) => reason);
}

/** A random sample that stays the same for a week, so that it can be worked through. */
export function sampleOf(entryIds: number[], week: string, size: number): Set<number> {
  const lot = (id: number): string => createHash('sha256').update(`${week} ${id}`).digest('hex');
  return new Set(entryIds.toSorted((a, b) => lot(a).localeCompare(lot(b))).slice(0, size));
}
