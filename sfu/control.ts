/** The node's control socket: servers connect with the node token, command, and are told. */
import { timingSafeEqual } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import type { RtpCapabilities } from 'mediasoup/types';
import type { Logger } from 'pino';
import { Server } from 'socket.io';
import { answer, answerUnknown } from '../contract/answer.ts';
import { isKnownHeaderExtension } from '../contract/media.ts';
import { Refusal } from '../contract/refusal.ts';
import { type sfuEvents, sfuRequests } from '../contract/sfu.ts';
import type { EventsOf, ToldBy } from '../contract/wire.ts';
import type { SfuMetrics } from './metrics.ts';
import type { Rooms } from './Rooms.ts';

export type ControlServer = Server<EventsOf<typeof sfuRequests>, ToldBy<typeof sfuEvents>>;

export type ControlDeps = {
  token: string;
  nodeId: string;
  instanceId: string;
  rtpCapabilities: RtpCapabilities;
  rooms: () => Rooms;
  metrics: () => SfuMetrics;
  log: Logger;
  onContact: (connected: boolean) => void;
};

export function createControl(http: HttpServer, deps: ControlDeps): ControlServer {
  const io: ControlServer = new Server(http, { transports: ['websocket'], maxHttpBufferSize: 1_000_000, serveClient: false });
  io.use((socket, next) => {
    if (sameSecret(String(socket.handshake.auth.token ?? ''), deps.token)) return next();
    deps.metrics().refused.inc({ event: 'connect', code: 'wrong_token' });
    deps.log.warn({ from: socket.handshake.address }, 'a control connection with a wrong node token was refused');
    next(new Error('wrong_token'));
  });
  io.on('connection', (socket) => {
    deps.onContact(true);
    socket.on('disconnect', () => deps.onContact(io.sockets.sockets.size > 0));
    const options = {
      onBug: (event: string, error: unknown) => deps.log.error({ event, err: error }, 'a command failed'),
      onRefused: (event: string, code: string) => deps.metrics().refused.inc({ event, code }),
    };
    answer(socket, sfuRequests, handlersOf(deps), options);
    answerUnknown(socket, options.onRefused);
  });
  return io;
}

function handlersOf(deps: ControlDeps): Parameters<typeof answer<typeof sfuRequests>>[2] {
  const inTime = ({ deadlineAtMs }: { deadlineAtMs: number }): Rooms => {
    if (Date.now() > deadlineAtMs) throw new Refusal('late', "The command's deadline has passed.");
    return deps.rooms();
  };
  const room = (command: { roomId: string; epoch: number; deadlineAtMs: number }) => inTime(command).get(command.roomId, command.epoch);
  return {
    'room:apply': async (command) => {
      const opened = await inTime(command).open(command.roomId, command.epoch);
      await opened.apply(command.revision, command.seats);
      return null;
    },
    'room:close': async (command) => {
      await room(command);
      await deps.rooms().close(command.roomId);
      return null;
    },
    'seat:join': async ({ participantId, rtpCapabilities, fingerprints, resume, ...command }) => {
      const offer = { rtpCapabilities, fingerprints, ...(resume ? { resume } : {}) };
      return (await room(command)).join(participantId, offer);
    },
    'track:start': async ({ participantId, source, rtpParameters, ...command }) =>
      (await room(command)).startTrack(participantId, source, rtpParameters),
    'track:stop': async ({ participantId, source, ...command }) => {
      await (await room(command)).stopTrack(participantId, source);
      return null;
    },
    'consumer:show': async ({ participantId, consumers, ...command }) => {
      await (await room(command)).show(participantId, consumers);
      return null;
    },
    'room:stats': async (command) => (await room(command)).stats(),
    'node:describe': async () => ({
      nodeId: deps.nodeId,
      instanceId: deps.instanceId,
      rtpCapabilities: {
        codecs: deps.rtpCapabilities.codecs ?? [],
        headerExtensions: (deps.rtpCapabilities.headerExtensions ?? []).filter(isKnownHeaderExtension),
      },
      rooms: (await deps.rooms().all()).map(({ roomId, epoch }) => ({ roomId, epoch })),
    }),
  };
}

function sameSecret(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
