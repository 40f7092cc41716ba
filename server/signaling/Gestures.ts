import type { DeviceState, Frozen, Stroke } from '../../contract/examination.ts';
import { strokesAtOnce } from '../../contract/examining.ts';
import type { VisitState } from '../visits/visitState.ts';

export type Drawn = Stroke & { byId: string };
export type DevicesOf = DeviceState & { participantId: string };
type Visit = { strokes: Drawn[]; devices: Map<string, DeviceState>; frozenId: string | null };

/**
 * What has been drawn in a visit just now, and what everybody's cameras can do. Gestures, and no part of any record: what
 * is gone with the process is drawn again.
 */
export class Gestures {
  readonly #visits = new Map<string, Visit>();

  strokes(visitId: string): Drawn[] {
    return this.#visits.get(visitId)?.strokes ?? [];
  }

  devices(visitId: string): DevicesOf[] {
    return [...(this.#visits.get(visitId)?.devices ?? [])].map(([participantId, device]) => ({ participantId, ...device }));
  }

  /** The oldest gives way. @param frozen - what is drawn on, if it is not the moving picture. */
  draw(visitId: string, stroke: Drawn, frozen: Frozen | null): void {
    const visit = this.#of(visitId);
    visit.frozenId = idOf(frozen);
    visit.strokes = [...visit.strokes.filter(({ id }) => id !== stroke.id), stroke].slice(-strokesAtOnce);
  }

  clear(visitId: string): void {
    this.#of(visitId).strokes = [];
  }

  know(visitId: string, participantId: string, device: DeviceState): void {
    this.#of(visitId).devices.set(participantId, device);
  }

  /** Follows the visit: another picture, and nothing is drawn on it; who is gone has no camera. @returns what is not as it was. */
  follow({ visitId, people, frozen, curtainSince, partition }: VisitState): { strokes: boolean; devices: boolean } {
    const visit = this.#visits.get(visitId);
    if (!visit) return { strokes: false, devices: false };
    const shut = curtainSince !== null || (partition !== null && partition !== 'open');
    const wiped = (shut || idOf(frozen) !== visit.frozenId) && visit.strokes.length > 0;
    if (wiped) visit.strokes = [];
    visit.frozenId = idOf(frozen);
    const gone = [...visit.devices.keys()].filter((key) => !people.some(({ id, presence }) => id === key && presence === 'room'));
    for (const participantId of gone) visit.devices.delete(participantId);
    if (!people.some(({ presence }) => presence !== 'away')) this.#visits.delete(visitId);
    return { strokes: wiped, devices: gone.length > 0 };
  }

  #of(visitId: string): Visit {
    const visit = this.#visits.get(visitId) ?? { strokes: [], devices: new Map(), frozenId: null };
    this.#visits.set(visitId, visit);
    return visit;
  }
}

const idOf = (frozen: Frozen | null): string | null => frozen?.id ?? null;
