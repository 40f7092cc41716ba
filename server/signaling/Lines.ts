import { goodLine } from '../../contract/line.ts';
import type { LineState } from '../../contract/media.ts';
import type { VisitState } from '../visits/visitState.ts';

export type LineOf = LineState & { participantId: string };

/** The lines that are not in order just now, by visit. Not kept: what is gone with the process is measured anew. */
export class Lines {
  readonly #visits = new Map<string, Map<string, LineState>>();

  of(visitId: string): LineOf[] {
    return [...(this.#visits.get(visitId) ?? [])].map(([participantId, line]) => ({ participantId, ...line }));
  }

  /** @returns whether it is news. */
  note(visitId: string, participantId: string, part: Partial<LineState>): boolean {
    const visit = this.#visits.get(visitId) ?? new Map<string, LineState>();
    const before = visit.get(participantId) ?? goodLine;
    const line = { ...before, ...part };
    if (isSame(before, line)) return false;
    if (isSame(line, goodLine)) visit.delete(participantId);
    else visit.set(participantId, line);
    this.#set(visitId, visit);
    return true;
  }

  /** Forgets whoever is not in the room any more. @returns whether anybody was forgotten. */
  keep({ visitId, people }: VisitState): boolean {
    const visit = this.#visits.get(visitId);
    if (!visit) return false;
    const gone = [...visit.keys()].filter(
      (participantId) => !people.some(({ id, presence }) => id === participantId && presence === 'room'),
    );
    for (const participantId of gone) visit.delete(participantId);
    this.#set(visitId, visit);
    return gone.length > 0;
  }

  #set(visitId: string, visit: Map<string, LineState>): void {
    if (visit.size > 0) this.#visits.set(visitId, visit);
    else this.#visits.delete(visitId);
  }
}

const isSame = (a: LineState, b: LineState): boolean => a.silent === b.silent && a.receives === b.receives && a.sends === b.sends;
