/** The browsers' sockets: who may connect, and who is told what. */
import { createHash } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { type Namespace, Server, type Socket } from 'socket.io';
import { type Answerable, answerUnknown, parse } from '../../contract/answer.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import {
  hostRequests,
  staffRequests,
  type todayEvents,
  type visitEvents,
  visitHandshake,
  type visitRequests,
} from '../../contract/visitSocket.ts';
import type { EventsOf, ToldBy } from '../../contract/wire.ts';
import { actingBy } from '../access/acting.ts';
import type { Context, Hub } from '../context.ts';
import type { ServerEnv } from '../env.ts';
import { isSameOrigin } from '../http/sameOrigin.ts';
import type { Actor } from '../identity/sessions.ts';
import type { MediaListener } from '../media/Media.ts';
import { careUnitsOf } from '../policies.ts';
import { comeToDoor, fallOut, type Holder } from '../visits/seats.ts';
import { loadVisit, type VisitState } from '../visits/visitState.ts';
import { Gestures } from './Gestures.ts';
import { Lines } from './Lines.ts';
import { planSockets } from './planSockets.ts';
import { SeatSocket, type VisitSocket } from './SeatSocket.ts';

/** Larger messages end the connection; between this and the limit of `answer` they are answered `too_large`. */
const maxMessageBytes = 1_000_000;

type VisitNamespace = Namespace<EventsOf<typeof visitRequests>, ToldBy<typeof visitEvents>>;
type TodayNamespace = Namespace<Record<string, never>, ToldBy<typeof todayEvents>>;

export type Sockets = { hub: Hub; listener: MediaListener; close: () => Promise<void> };

export function createSockets(http: HttpServer, env: ServerEnv, ctx: () => Context): Sockets {
  const io = new Server(http, {
    // The heartbeat only frees what is surely gone; silence is noticed from the media long before.
    pingInterval: env.SOCKET_PING_MS,
    pingTimeout: env.SOCKET_GONE_MS,
    maxHttpBufferSize: maxMessageBytes,
    serveClient: false,
    transports: ['websocket'],
    perMessageDeflate: false,
    allowRequest: (req, decide) => decide(null, isSameOrigin(req, hostOf(req.headers, env.TRUST_PROXY !== undefined))),
  });
  const seats = new Map<string, Set<SeatSocket>>(); // by visit
  const lines = new Lines();
  const gestures = new Gestures();
  const filing = new Set<Promise<void>>(); // ends of connections on their way into the database
  const today: TodayNamespace = io.of('/today');
  const visit: VisitNamespace = io.of('/visit');

  const plans = planSockets(io.of('/plan'), ctx);

  for (const namespace of [today, visit, plans.namespace]) {
    namespace.use((socket, next) => {
      authenticate(ctx(), socket).then(
        () => next(),
        (error: unknown) => next(connectError(ctx(), error)),
      );
    });
  }

  today.on('connection', (socket) => {
    const { actor } = socket.data as { actor: Actor };
    if (actor.locked) return void socket.disconnect(true);
    if (actor.kind === 'staff') void socket.join(careUnitsOf(actor).map((unitId) => `unit:${unitId}`));
    answerUnknown(socket as Answerable, (event, code) => ctx().metrics.refused.inc({ event, code }));
  });

  visit.use((socket, next) => {
    seatFor(ctx(), socket).then(
      () => next(),
      (error: unknown) => next(connectError(ctx(), error)),
    );
  });
  visit.on('connection', (socket) => {
    const { seat, state } = socket.data as { seat: SeatSocket; state: VisitState };
    const { visitId } = seat.holder;
    const present = seats.get(visitId) ?? new Set();
    seats.set(visitId, present.add(seat));
    answerUnknown(socket as Answerable, (event, code) => ctx().metrics.refused.inc({ event, code }));
    const { rtpCapabilities } = ctx().media.nodes;
    if (rtpCapabilities) seat.emit('media:capabilities', rtpCapabilities);
    seat.update(state);
    // What changed between judging the connection and listing it here would be missed.
    loadVisit(ctx().db, visitId).then(
      (now) => now && seat.update(now),
      (error: unknown) => ctx().log.error({ err: error }, 'a visit could not be read'),
    );
    socket.on('disconnect', () => {
      present.delete(seat);
      if (present.size === 0) seats.delete(visitId);
      const survivor = [...present].find(({ holder }) => isSameTab(holder, seat.holder))?.holder ?? null;
      const filed = fallOut(ctx(), seat.holder, survivor, new Date()).catch((error: unknown) => {
        ctx().log.error({ err: error }, 'an end of connection was not filed');
      });
      filing.add(filed);
      void filed.then(() => filing.delete(filed));
    });
  });

  const joined = (visitId: string): SeatSocket[] => [...(seats.get(visitId) ?? [])].filter((seat) => seat.joined);
  const joinedSeat = (visitId: string, participantId: string): SeatSocket[] =>
    joined(visitId).filter(({ holder }) => holder.participantId === participantId);

  const tellLines = (visitId: string): void => {
    const event = { lines: lines.of(visitId) };
    for (const seat of joined(visitId)) seat.emit('visit:lines', event);
  };

  const tellGestures = (visitId: string, changed: { strokes: boolean; devices: boolean }): void => {
    for (const seat of joined(visitId)) {
      if (changed.strokes) seat.emit('mark:strokes', { strokes: gestures.strokes(visitId) });
      if (changed.devices) seat.emit('devices:known', { devices: gestures.devices(visitId) });
    }
  };

  const tellLists = (unitId: string, userIds: string[]): void => {
    today.to([`unit:${unitId}`, ...userIds.map((userId) => `user:${userId}`)]).emit('today:changed', null);
  };

  return {
    hub: {
      changed: (state) => {
        for (const seat of seats.get(state.visitId) ?? []) seat.update(state);
        if (lines.keep(state)) tellLines(state.visitId);
        tellGestures(state.visitId, gestures.follow(state));
        tellLists(state.unitId, [state.patient.userId, ...state.people.map(({ userId }) => userId)]);
      },
      listChanged: tellLists,
      planChanged: plans.changed,
      joined: (holder) => {
        for (const seat of seats.get(holder.visitId) ?? []) {
          if (isSameTab(seat.holder, holder) && seat.holder.socketId !== holder.socketId) seat.close();
        }
      },
      line: (visitId, participantId, line) => {
        if (lines.note(visitId, participantId, line)) tellLines(visitId);
      },
      lines: (visitId) => lines.of(visitId),
      gestures,
      tell: (visitId, event, data, whom) => {
        for (const seat of joined(visitId)) {
          const person = seat.state.people.find(({ id }) => id === seat.holder.participantId);
          if (person && whom(person)) seat.tell(event, data);
        }
      },
      userChanged: (userId) => {
        for (const namespace of [today, visit, plans.namespace]) namespace.in(`user:${userId}`).disconnectSockets(true);
      },
      sessionLocked: (sessionId) => {
        for (const namespace of [today, plans.namespace]) namespace.in(roomOfSession(sessionId)).disconnectSockets(true); // the call goes on
      },
      sessionEnded: (sessionId) => {
        for (const namespace of [today, visit, plans.namespace]) namespace.in(roomOfSession(sessionId)).disconnectSockets(true);
      },
    },
    listener: {
      added: (visitId, participantId, event) => joinedSeat(visitId, participantId).forEach((seat) => seat.emit('media:added', event)),
      closed: (visitId, participantId, event) => joinedSeat(visitId, participantId).forEach((seat) => seat.emit('media:closed', event)),
      line: (visitId, participantId, line) => ctx().hub.line(visitId, participantId, line),
      speaker: (visitId, participantId) => joined(visitId).forEach((seat) => seat.emit('visit:speaker', { participantId })),
      capabilities: (capabilities) => {
        for (const seat of [...seats.values()].flatMap((present) => [...present])) seat.emit('media:capabilities', capabilities);
      },
      resync: (visitId) => joined(visitId).forEach((seat) => seat.emit('media:resync', null)),
    },
    close: async () => {
      await io.close();
      await Promise.all(filing);
    },
  };
}

async function authenticate(ctx: Context, socket: Socket): Promise<void> {
  const actor = await ctx.sessions.actorOf(socket.handshake.headers.cookie);
  if (!actor) throw new Refusal('unauthenticated', 'Log in first.');
  Object.assign(socket.data, { actor });
  await socket.join([roomOfSession(actor.sessionId), `user:${actor.userId}`]);
}

/** Finds the seat before the connection stands, so that no event can come between. */
async function seatFor(ctx: Context, socket: VisitSocket): Promise<void> {
  const { actor } = socket.data as { actor: Actor };
  const handshake = parse(visitHandshake, socket.handshake.auth);
  const socketId = `${ctx.env.SERVER_ID}:${socket.id}`;
  const { participantId, state } = await actingBy(actor, () => comeToDoor(ctx, actor, handshake, socketId));
  const person = state.people.find(({ id }) => id === participantId);
  require_(person?.status !== 'removed', 'You have been taken out of this visit. Call the unit if that was a mistake.');
  const { visitId, tabId } = handshake;
  socket.use(([event, ...args], next) => {
    openToLocked(ctx, actor, event).then(
      (open) => (open ? actingBy(actor, next) : refuseLocked(args)),
      (error: unknown) => next(error as Error),
    );
  });
  const seat = new SeatSocket(ctx, socket, { userId: actor.userId, visitId, participantId, tabId, socketId });
  Object.assign(socket.data, { seat, state });
}

/** What goes on in a session that has locked: being in the call, and help. What is decided about others is not. */
const closedToLocked = new Set<string>([...Object.keys(hostRequests), ...Object.keys(staffRequests), 'consent:give']);
for (const help of ['emergency:raise', 'emergency:over', 'visit:toPhone']) closedToLocked.delete(help);

async function openToLocked(ctx: Context, { sessionId }: Actor, event: string): Promise<boolean> {
  if (!closedToLocked.has(event)) return true;
  const now = await ctx.sessions.actorIn(ctx.db, sessionId);
  return now !== null && now.locked === null; // one that has run out is as one that has locked
}

function refuseLocked(args: unknown[]): void {
  const ack = args.at(-1);
  if (typeof ack === 'function') ack(new Refusal('locked', 'Locked: show who you are first.').toReply());
}

/** The browser gets the code as the error's message. */
function connectError(ctx: Context, error: unknown): Error {
  if (!(error instanceof Refusal)) ctx.log.error({ err: error }, 'a connection failed');
  const code = error instanceof Refusal ? error.code : 'internal';
  ctx.metrics.refused.inc({ event: 'connect', code });
  return new Error(code);
}

/** Session ids are secrets, so rooms are named by their hash. */
const roomOfSession = (sessionId: string): string => `session:${createHash('sha256').update(sessionId).digest('hex')}`;

const hostOf = (headers: Record<string, string | string[] | undefined>, behindProxy: boolean): string | undefined => {
  const forwarded = behindProxy ? headers['x-forwarded-host'] : undefined;
  return String(forwarded ?? headers.host ?? '') || undefined;
};

const isSameTab = (a: Holder, b: Holder): boolean => a.participantId === b.participantId && a.tabId === b.tabId;
