/** A moment of somebody's picture that lies before everybody, to be pointed at and drawn on. It is not kept. */
import { and, eq } from 'drizzle-orm';
import type { Frozen, Surface } from '../../contract/examination.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import { frozenPictures } from '../../drizzle/schema/index.ts';
import { mayFlow } from '../consent/mayFlow.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { can, seatOf } from '../policies.ts';
import { changeVisit, noSuchVisit } from '../visits/changeVisit.ts';
import { type Acting, ownSeat } from '../visits/hosting.ts';
import { loadVisit, type Person, type VisitState } from '../visits/visitState.ts';
import { cleaned } from './pictures.ts';

/** A moment is as large as what was seen of it. */
const mostPixels = 3_000_000;

/** Whether somebody may see this person's picture, moving or not. */
export function maySee(state: VisitState, surface: Surface, viewer: Person): boolean {
  if (viewer.id === surface.participantId) return can(viewer, 'visit.room', state) && !state.curtainSince;
  const of = state.people.find(({ id }) => id === surface.participantId);
  return of !== undefined && mayFlow(state, of, surface.source, viewer);
}

/** @throws {Refusal} `forbidden` for one who does not see that picture; `not_found` for a visit in which the actor has no seat. */
export async function freeze(
  ctx: Context,
  actor: Actor,
  visitId: string,
  { id, ...surface }: Surface & { id: string },
  given: unknown,
  now: Date,
): Promise<void> {
  const requireSight = (state: VisitState): Person => {
    const self = seatOf(actor, state);
    if (!self) throw noSuchVisit();
    require_(can(self, 'visit.attend', state) && maySee(state, surface, self));
    return self;
  };
  const state = await loadVisit(ctx.db, visitId);
  if (!state) throw noSuchVisit();
  requireSight(state); // before the work of reading it
  const { bytes, width, height } = await cleaned(given);
  if (width * height > mostPixels) throw new Refusal('too_large', 'picture: is larger than what is seen of a moving one', 'picture');
  await changeVisit(ctx, visitId, actor.userId, async ({ tx, before, set, audit }) => {
    const self = requireSight(before);
    if (before.frozen?.id === id) return false;
    const row = { visitId, id, frozenAt: now, picture: bytes };
    await tx.insert(frozenPictures).values(row).onConflictDoUpdate({ target: frozenPictures.visitId, set: row });
    const frozen: Frozen = { id, ...surface, byId: self.id, width, height };
    await set({ frozen });
    await audit('examination.freeze', surface.participantId);
    return true;
  });
}

/** It moves again. Late, when another moment lies there, it changes nothing. */
export async function thaw(ctx: Context, { userId, visitId }: Acting, id: string): Promise<void> {
  await changeVisit(ctx, visitId, userId, async ({ tx, before, set, audit }) => {
    require_(can(ownSeat(before.people, userId), 'visit.attend', before));
    if (before.frozen?.id !== id) return false;
    await tx.delete(frozenPictures).where(eq(frozenPictures.visitId, visitId));
    await set({ frozen: null });
    await audit('examination.thaw', id);
    return true;
  });
}

/** To whoever may see the moving picture now. */
export async function frozenPicture(ctx: Context, actor: Actor, visitId: string, frozenId: string) {
  const state = await loadVisit(ctx.db, visitId);
  const self = state && seatOf(actor, state);
  if (!state || !self) throw noSuchVisit();
  require_(can(self, 'visit.room', state));
  if (state.frozen?.id !== frozenId || !maySee(state, state.frozen, self)) throw new Refusal('not_found', 'It is not there any more.');
  const [row] = await ctx.db
    .select({ picture: frozenPictures.picture })
    .from(frozenPictures)
    .where(and(eq(frozenPictures.visitId, visitId), eq(frozenPictures.id, frozenId)));
  if (!row) throw new Refusal('not_found', 'It is not there any more.');
  return row.picture;
}
