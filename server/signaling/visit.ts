/** What a socket of a visit may ask, power by power. */
import { goodLine } from '../../contract/line.ts';
import { Refusal } from '../../contract/refusal.ts';
import type {
  attendingRequests,
  bedsideRequests,
  hostRequests,
  lobbyRequests,
  SeatAnswer,
  seatRequests,
  staffRequests,
} from '../../contract/visitSocket.ts';
import type { HandlersOf } from '../../contract/wire.ts';
import { answerTalk, endTalk, proposeTalk, takeUp } from '../careplan/moves.ts';
import { goRound, lowerHand, passOn, raiseHand } from '../careplan/word.ts';
import { giveInVisit, withdrawInVisit } from '../consent/inVisit.ts';
import type { Context } from '../context.ts';
import { answerAsk, ask } from '../examining/asks.ts';
import { thaw } from '../examining/frozen.ts';
import { draw, point, tellDevices, wipe, wishOfCamera } from '../examining/gestures.ts';
import { holdWithout } from '../interpreting/instead.ts';
import { relayFor } from '../media/relay.ts';
import { reissueFromInside } from '../scheduling/invite.ts';
import { acknowledge, addBystander, begin, takeBystanderOff, verifyIdentity } from '../visits/begin.ts';
import { admit, confirmGuest, endVisit, mute, remove, sendToLobby } from '../visits/hosting.ts';
import { continueByPhone } from '../visits/phone.ts';
import { keepSample } from '../visits/quality.ts';
import { callFor, drawCurtain, endEmergency, liftCurtain, raiseEmergency, stopVisit } from '../visits/safety.ts';
import { type Holder, knock, leaveLobby, leaveSeat, setSending, sitWith, takeSeat } from '../visits/seats.ts';
import type { SeatSocket } from './SeatSocket.ts';

export const lobbyHandlers = (ctx: Context, holder: Holder): HandlersOf<typeof lobbyRequests> => ({
  'lobby:knock': () => silently(knock(ctx, holder, new Date())),
  'lobby:leave': () => silently(leaveLobby(ctx, holder)),
  'line:ping': async () => null,
});

export function seatHandlers(ctx: Context, seat: SeatSocket): HandlersOf<typeof seatRequests> {
  const { holder } = seat;
  const { visitId, participantId } = holder;
  return {
    'seat:sitWith': (request) => silently(sitWith(ctx, holder, request.participantId)),
    'hand:raise': ({ up }) => silently(raiseHand(ctx, holder, up, new Date())),
    'table:next': () => silently(passOn(ctx, holder)),
    'visit:join': async ({ takeOver, ...offer }): Promise<SeatAnswer> => {
      await ctx.limits.joining(participantId);
      if (!ctx.media.isReachable(seat.state)) await ctx.media.place(visitId);
      const state = await takeSeat(ctx, holder, takeOver, new Date());
      ctx.hub.joined(holder);
      seat.markJoined();
      const answer = await ctx.media.join(state, participantId, offer);
      if (!answer.resumed) ctx.hub.line(visitId, participantId, goodLine); // what was known was of transports that are gone
      return { ...answer, iceServers: relayFor(ctx.env, participantId, new Date()), seatKeptMs: ctx.env.SEAT_KEPT_MS };
    },
    'visit:leave': () => silently(leaveSeat(ctx, holder)),
    'media:start': async ({ source, rtpParameters, paused }) => {
      const state = await setSending(ctx, holder, source, !paused);
      return ctx.media.startTrack(state, participantId, source, rtpParameters);
    },
    'media:stop': async ({ source }) => {
      await ctx.media.stopTrack(await setSending(ctx, holder, source, false), participantId, source);
      return null;
    },
    'media:pause': async ({ source }) => {
      await setSending(ctx, holder, source, false);
      return null;
    },
    'media:resume': async ({ source }) => {
      await setSending(ctx, holder, source, true);
      return null;
    },
    'devices:are': (devices) => silently(tellDevices(ctx, holder, devices)),
    'line:sample': (sample) => silently(keepSample(ctx, visitId, participantId, sample, new Date())),
    'line:sends': async ({ step }) => {
      await ctx.limits.sampling(participantId);
      ctx.hub.line(visitId, participantId, { sends: step });
      return null;
    },
    'media:show': async ({ consumers }) => {
      if (!seat.joined) throw new Refusal('conflict', 'Join the visit first.');
      await ctx.media.show(seat.state, participantId, consumers);
      return null;
    },
  };
}

export const staffHandlers = (ctx: Context, seat: SeatSocket): HandlersOf<typeof staffRequests> => ({
  'people:admit': ({ participantId }) => silently(admit(ctx, seat.holder, participantId)),
  'people:code': ({ participantId }) => reissueFromInside(ctx, seat.holder, participantId, new Date()),
  'people:identity': ({ participantId, method }) => silently(confirmGuest(ctx, seat.holder, participantId, method, new Date())),
  'people:bystander': (bystander) => silently(addBystander(ctx, seat.holder, bystander)),
  'people:bystanderLeft': ({ id }) => silently(takeBystanderOff(ctx, seat.holder, id)),
  'visit:identity': ({ method }) => silently(verifyIdentity(ctx, seat.holder, method, new Date())),
  'interpreter:instead': (instead) => silently(holdWithout(ctx, seat.holder, instead)),
  'examination:ask': (wish) => silently(ask(ctx, seat.holder, wish, new Date())),
  'camera:wish': (wish) => silently(wishOfCamera(ctx, seat.holder, seat.state, wish)),
  'visit:begin': () => silently(begin(ctx, seat.holder, new Date())),
  'visit:toPhone': () => silently(continueByPhone(ctx, seat.holder, new Date())),
  'emergency:raise': () => silently(raiseEmergency(ctx, seat.holder, new Date())),
  'emergency:over': ({ mistaken }) => silently(endEmergency(ctx, seat.holder, mistaken)),
});

export const attendingHandlers = (ctx: Context, seat: SeatSocket): HandlersOf<typeof attendingRequests> => ({
  'examination:done': (done) => silently(answerAsk(ctx, seat.holder, done)),
  'examination:thaw': ({ id }) => silently(thaw(ctx, seat.holder, id)),
  'mark:point': (pointer) => silently(point(ctx, seat.holder, seat.state, pointer)),
  'mark:stroke': (stroke) => silently(draw(ctx, seat.holder, seat.state, stroke)),
  'mark:clear': () => silently(wipe(ctx, seat.holder)),
  'visit:acknowledge': ({ ids }) => silently(acknowledge(ctx, seat.holder, ids, new Date())),
  'emergency:iCall': () => silently(callFor(ctx, seat.holder)),
  'consent:give': (given) => silently(giveInVisit(ctx, seat.holder, given, new Date())),
  'consent:withdraw': ({ participantId }) => silently(withdrawInVisit(ctx, seat.holder, participantId, new Date())),
});

export const bedsideHandlers = (ctx: Context, holder: Holder): HandlersOf<typeof bedsideRequests> => ({
  'curtain:draw': () => silently(drawCurtain(ctx, holder, new Date())),
  'curtain:lift': () => silently(liftCurtain(ctx, holder)),
  'visit:stop': () => silently(stopVisit(ctx, holder, new Date())),
  'talk:answer': ({ yes }) => silently(answerTalk(ctx, holder, yes)),
});

export const hostHandlers = (ctx: Context, holder: Holder): HandlersOf<typeof hostRequests> => ({
  'people:mute': ({ participantId }) => silently(mute(ctx, holder, participantId)),
  'people:toLobby': ({ participantId }) => silently(sendToLobby(ctx, holder, participantId, new Date())),
  'people:remove': ({ participantId }) => silently(remove(ctx, holder, participantId)),
  'agenda:take': ({ itemId }) => silently(takeUp(ctx, holder, itemId)),
  'talk:propose': ({ participantIds }) => silently(proposeTalk(ctx, holder, participantIds)),
  'table:round': ({ on }) => silently(goRound(ctx, holder, on)),
  'hand:lower': ({ participantId }) => silently(lowerHand(ctx, holder, participantId)),
  'talk:end': () => silently(endTalk(ctx, holder)),
  'visit:end': () => silently(endVisit(ctx, holder, new Date())),
});

/** For what is answered by being done. */
const silently = async (done: Promise<void>): Promise<null> => {
  await done;
  return null;
};
