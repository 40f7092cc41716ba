/** Pointing, drawing and setting a camera from the other side of the line: told at once to whoever sees that picture, kept nowhere. */
import type { CameraWish, DeviceState, Pointer, Stroke, Surface } from '../../contract/examination.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { Context } from '../context.ts';
import { isBedside } from '../policies.ts';
import { personOn } from '../visits/changeVisit.ts';
import type { Holder } from '../visits/seats.ts';
import type { Person, VisitState } from '../visits/visitState.ts';
import { maySee } from './frozen.ts';

/** Who points is known to themselves. */
const othersWhoSee =
  (state: VisitState, surface: Surface, byId: string) =>
  (person: Person): boolean =>
    person.id !== byId && maySee(state, surface, person);

function requireSight(state: VisitState, participantId: string, surface: Surface): void {
  const self = personOn(state, participantId);
  require_(maySee(state, surface, self), 'You do not see this picture.');
}

export async function point(ctx: Context, { visitId, participantId }: Holder, state: VisitState, pointer: Pointer): Promise<void> {
  await ctx.limits.gesturing(participantId);
  requireSight(state, participantId, pointer);
  ctx.hub.tell(visitId, 'mark:pointed', { ...pointer, byId: participantId }, othersWhoSee(state, pointer, participantId));
}

export async function draw(ctx: Context, { visitId, participantId }: Holder, state: VisitState, stroke: Stroke): Promise<void> {
  await ctx.limits.gesturing(participantId);
  requireSight(state, participantId, stroke);
  const drawn = { ...stroke, byId: participantId };
  ctx.hub.gestures.draw(visitId, drawn, state.frozen);
  ctx.hub.tell(visitId, 'mark:stroked', drawn, othersWhoSee(state, stroke, participantId));
}

export async function wipe(ctx: Context, { visitId, participantId }: Holder): Promise<void> {
  await ctx.limits.gesturing(participantId);
  ctx.hub.gestures.clear(visitId);
  ctx.hub.tell(visitId, 'mark:strokes', { strokes: [] }, () => true);
}

/** What one's own cameras can do, to everybody who is in. */
export async function tellDevices(ctx: Context, { visitId, participantId }: Holder, devices: DeviceState): Promise<void> {
  await ctx.limits.gesturing(participantId);
  ctx.hub.gestures.know(visitId, participantId, devices);
  ctx.hub.tell(visitId, 'devices:known', { devices: ctx.hub.gestures.devices(visitId) }, () => true);
}

/**
 * Light, nearness, and which camera: of a camera beside the patient, asked for by staff.
 *
 * @throws {Refusal} `forbidden` for a camera of somebody who is not beside the patient, or that the asker does not see.
 */
export async function wishOfCamera(ctx: Context, { visitId, participantId }: Holder, state: VisitState, wish: CameraWish): Promise<void> {
  await ctx.limits.gesturing(participantId);
  requireSight(state, participantId, wish);
  const holder = personOn(state, wish.participantId);
  require_(isBedside(holder), 'Only a camera beside the patient is set from here.');
  if (holder.presence !== 'room') throw new Refusal('conflict', 'They are not in the room any more.', 'participantId');
  ctx.hub.tell(visitId, 'camera:wished', wish, ({ id }) => id === wish.participantId);
}
