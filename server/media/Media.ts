import { and, eq, inArray } from 'drizzle-orm';
import type { JoinAnswer, JoinOffer, LineState, RtpCapabilities, RtpParameters, Shown, Source } from '../../contract/media.ts';
import { Refusal } from '../../contract/refusal.ts';
import { openStates, type VisitState as Stage } from '../../contract/visits.ts';
import { placements, visits } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import { changeVisit } from '../visits/changeVisit.ts';
import { loadVisit, type VisitState } from '../visits/visitState.ts';
import { desiredState } from './desiredState.ts';
import { placeRoom } from './placement.ts';
import type { SfuLink } from './SfuLink.ts';
import { SfuNodes } from './SfuNodes.ts';

/** Told by the SFU, for one seat or a whole room. */
export type MediaListener = {
  added: (visitId: string, participantId: string, event: { epoch: number; consumers: JoinAnswer['consumers'] }) => void;
  closed: (visitId: string, participantId: string, event: { epoch: number; consumerIds: string[] }) => void;
  line: (visitId: string, participantId: string, line: Partial<LineState>) => void;
  speaker: (visitId: string, participantId: string | null) => void;
  /** The first node was reached: whoever came before it can get ready now. */
  capabilities: (capabilities: RtpCapabilities) => void;
  /** Something may have been missed: everyone in the room asks again what they have. */
  resync: (visitId: string) => void;
};

/** A node whose link is down is given so long to come back before its rooms are placed on another, ms. */
const patienceMs = 3_000;

const isOpen = (stage: Stage): boolean => openStates.some((open) => open === stage);

/** The visits' media rooms, wherever they are. Servers decide, nodes carry out. */
export class Media {
  readonly nodes: SfuNodes;
  readonly #ctx: () => Context;
  readonly #listener: () => MediaListener;

  constructor(ctx: () => Context, listener: () => MediaListener, options: Omit<ConstructorParameters<typeof SfuNodes>[0], 'onRefused'>) {
    this.#ctx = ctx;
    this.#listener = listener;
    const onRefused = (command: string, code: string): void => ctx().metrics.sfuRefused.inc({ command, code });
    this.nodes = new SfuNodes(
      { ...options, onRefused },
      {
        up: (link) => {
          if (this.nodes.rtpCapabilities) this.#listener().capabilities(this.nodes.rtpCapabilities);
          this.#guarded('reconcile', this.#reconcile(link));
        },
        down: (link) => void setTimeout(() => this.#guarded('give up on a node', this.#giveUp(link)), patienceMs).unref(),
        'seat:added': ({ roomId, participantId, ...event }) => this.#listener().added(roomId, participantId, event),
        'seat:closed': ({ roomId, participantId, ...event }) => this.#listener().closed(roomId, participantId, event),
        'seat:line': ({ roomId, participantId, silent, receives }) => this.#listener().line(roomId, participantId, { silent, receives }),
        'room:speaker': ({ roomId, participantId }) => this.#listener().speaker(roomId, participantId),
        'room:lost': ({ roomId, epoch }) => this.#guarded('place a lost room', this.#placeAnew(roomId, epoch)),
      },
    );
  }

  /** Whether the node that the visit was placed on answers; then nothing has to be looked up before joining. */
  isReachable({ placement }: VisitState): boolean {
    return placement !== null && this.nodes.get(placement.instanceId)?.connected === true;
  }

  /** Sees to it that the visit has a media room. @throws {Refusal} `media_unavailable` if no node lives. */
  async place(visitId: string): Promise<void> {
    const { db, env } = this.#ctx();
    await placeRoom(db, visitId, env.REGIONS);
  }

  /** Sends the whole desired state; if it cannot go now, it goes when the node is reached again. */
  apply(state: VisitState): void {
    this.#guarded('apply', this.#apply(state));
  }

  /** @throws {Refusal} `media_unavailable`, `stale_epoch`: ask again. */
  async join(state: VisitState, participantId: string, offer: JoinOffer): Promise<JoinAnswer> {
    const { link, ...room } = this.#room(state);
    return link.request('seat:join', { ...room, participantId, ...offer });
  }

  async startTrack(
    state: VisitState,
    participantId: string,
    source: Source,
    rtpParameters: RtpParameters,
  ): Promise<{ producerId: string }> {
    const { link, ...room } = this.#room(state);
    return link.request('track:start', { ...room, participantId, source, rtpParameters });
  }

  async stopTrack(state: VisitState, participantId: string, source: Source): Promise<void> {
    const { link, ...room } = this.#room(state);
    await link.request('track:stop', { ...room, participantId, source });
  }

  async show(state: VisitState, participantId: string, consumers: Shown[]): Promise<void> {
    const { link, ...room } = this.#room(state);
    await link.request('consumer:show', { ...room, participantId, consumers });
  }

  async #apply(state: VisitState): Promise<void> {
    if (!state.placement) return;
    const { link, ...room } = this.#room(state);
    if (isOpen(state.stage)) await link.request('room:apply', { ...room, revision: state.revision, seats: desiredState(state) });
    else await link.request('room:close', room);
  }

  #room({ placement, visitId }: VisitState): { link: SfuLink; roomId: string; epoch: number } {
    const link = placement && this.nodes.get(placement.instanceId);
    if (!link) throw new Refusal('media_unavailable', 'Sound and picture cannot be reached at the moment. It is tried again.');
    return { link, roomId: visitId, epoch: placement.epoch };
  }

  /** After any break: the node gets the desired state of its rooms and closes the rest; rooms of a former start are placed anew. */
  async #reconcile(link: SfuLink): Promise<void> {
    const { db } = this.#ctx();
    const placed = await db
      .select({ visitId: placements.visitId, instanceId: placements.instanceId, epoch: placements.epoch })
      .from(placements)
      .innerJoin(visits, eq(visits.id, placements.visitId))
      .where(and(eq(placements.nodeId, link.nodeId), inArray(visits.state, [...openStates])));
    const here = placed.filter(({ instanceId }) => instanceId === link.instanceId);
    const lost = placed.filter(({ instanceId }) => instanceId !== link.instanceId);
    const { rooms } = await link.request('node:describe', {});
    const strays = rooms.filter(({ roomId, epoch }) => !here.some((room) => room.visitId === roomId && room.epoch === epoch));
    await Promise.all([
      ...strays.map((room) => link.request('room:close', room)),
      ...here.map(({ visitId }) => this.#heal(visitId)),
      ...lost.map(({ visitId, epoch }) => this.#placeAnew(visitId, epoch)),
    ]);
  }

  async #heal(visitId: string): Promise<void> {
    const state = await loadVisit(this.#ctx().db, visitId);
    if (!state) return;
    await this.#apply(state);
    this.#listener().resync(visitId);
  }

  async #giveUp(link: SfuLink): Promise<void> {
    if (link.connected) return;
    const { db } = this.#ctx();
    const rows = await db
      .select({ visitId: placements.visitId, epoch: placements.epoch })
      .from(placements)
      .innerJoin(visits, eq(visits.id, placements.visitId))
      .where(and(eq(placements.instanceId, link.instanceId), inArray(visits.state, [...openStates])));
    await Promise.all(rows.map(({ visitId, epoch }) => this.#placeAnew(visitId, epoch)));
  }

  /** The new epoch in the snapshot is what makes every browser join again. */
  async #placeAnew(visitId: string, lostEpoch: number): Promise<void> {
    const { env, db } = this.#ctx();
    const state = await loadVisit(db, visitId);
    if (!state || !isOpen(state.stage)) return;
    const placement = await placeRoom(db, visitId, env.REGIONS, lostEpoch);
    await changeVisit(this.#ctx(), visitId, null, async ({ audit }) => {
      await audit('media.placed', visitId, { epoch: placement.epoch });
      return true;
    });
  }

  #guarded(what: string, task: Promise<void>): void {
    task.catch((error: unknown) => {
      if (error instanceof Refusal) this.#ctx().log.warn({ code: error.code, what }, 'the SFU could not be told');
      else this.#ctx().log.error({ err: error, what }, 'media control failed');
    });
  }
}
