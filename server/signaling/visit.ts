/** What a socket of a visit may ask, power by power. */
import type { JoinAnswer } from '../../contract/media.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { hostRequests, lobbyRequests, seatRequests, staffRequests } from '../../contract/visitSocket.ts';
import type { HandlersOf } from '../../contract/wire.ts';
import type { Context } from '../context.ts';
import { admit, endVisit, mute, remove, sendToLobby } from '../visits/hosting.ts';
import { type Holder, knock, leaveLobby, leaveSeat, setSending, sitWith, takeSeat } from '../visits/seats.ts';
import type { SeatSocket } from './SeatSocket.ts';

export const lobbyHandlers = (ctx: Context, holder: Holder): HandlersOf<typeof lobbyRequests> => ({
  'lobby:knock': async () => {
    await knock(ctx, holder, new Date());
    return null;
  },
  'lobby:leave': async () => {
    await leaveLobby(ctx, holder);
    return null;
  },
});

export function seatHandlers(ctx: Context, seat: SeatSocket): HandlersOf<typeof seatRequests> {
  const { holder } = seat;
  const { visitId, participantId } = holder;
  return {
    'seat:sitWith': async (request) => {
      await sitWith(ctx, holder, request.participantId);
      return null;
    },
    'visit:join': async ({ takeOver, ...offer }): Promise<JoinAnswer> => {
      if (!ctx.media.isReachable(seat.state)) await ctx.media.place(visitId);
      const state = await takeSeat(ctx, holder, takeOver);
      seat.markJoined();
      return ctx.media.join(state, participantId, offer);
    },
    'visit:leave': async () => {
      await leaveSeat(ctx, holder);
      return null;
    },
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
    'media:show': async ({ consumers }) => {
      if (!seat.joined) throw new Refusal('conflict', 'Join the visit first.');
      await ctx.media.show(seat.state, participantId, consumers);
      return null;
    },
  };
}

export const staffHandlers = (ctx: Context, holder: Holder): HandlersOf<typeof staffRequests> => ({
  'people:admit': async ({ participantId }) => {
    await admit(ctx, holder, participantId);
    return null;
  },
});

export const hostHandlers = (ctx: Context, holder: Holder): HandlersOf<typeof hostRequests> => ({
  'people:mute': async ({ participantId }) => {
    await mute(ctx, holder, participantId);
    return null;
  },
  'people:toLobby': async ({ participantId }) => {
    await sendToLobby(ctx, holder, participantId, new Date());
    return null;
  },
  'people:remove': async ({ participantId }) => {
    await remove(ctx, holder, participantId);
    return null;
  },
  'visit:end': async () => {
    await endVisit(ctx, holder);
    return null;
  },
});
