/**
 * Control of an SFU node. Servers command; nodes report. A node knows rooms, participants and tracks by id, and
 * no person behind them.
 */
import { z } from 'zod';
import { consumerInfo, joinAnswer, joinOffer, ladderStep, rtpCapabilities, rtpParameters, shown, source } from './media.ts';
import { id, nothing } from './wire.ts';

/** Which placement of the room is meant, and when the answer stops being of use (ms since 1970, UTC). */
const command = z.object({ roomId: id, epoch: z.number().int().positive(), deadlineAtMs: z.number() });
const ofSeat = command.extend({ participantId: id });

/** What one participant may send, and whom they may hear and see. What is not named is closed. */
export const seatPlan = z.object({
  participantId: id,
  maySend: z.array(source),
  paused: z.array(source), // of `maySend`: held at the SFU, nothing goes out
  hears: z.array(z.object({ participantId: id, sources: z.array(source) })),
});
export type SeatPlan = z.infer<typeof seatPlan>;

export const sfuRequests = {
  /** The whole desired state. One of an older revision changes nothing. */
  'room:apply': { request: command.extend({ revision: z.number().int(), seats: z.array(seatPlan).max(64) }), reply: nothing },
  'room:close': { request: command, reply: nothing },
  'seat:join': { request: ofSeat.extend(joinOffer.shape), reply: joinAnswer },
  'track:start': { request: ofSeat.extend({ source, rtpParameters }), reply: z.object({ producerId: id }) },
  'track:stop': { request: ofSeat.extend({ source }), reply: nothing },
  'consumer:show': { request: ofSeat.extend({ consumers: z.array(shown).max(64) }), reply: nothing },
  /** RTP packets and bytes of each participant's transports since they were made, as the SFU counted them. */
  'room:stats': {
    request: command,
    reply: z.array(
      z.object({
        participantId: id,
        packetsReceived: z.number(),
        packetsSent: z.number(),
        bytesReceived: z.number(),
        bytesSent: z.number(),
        tracks: z.array(source),
        consumers: z.number(),
      }),
    ),
  },
  'node:describe': {
    request: z.object({}),
    reply: z.object({ nodeId: z.string(), instanceId: id, rtpCapabilities, rooms: z.array(z.object({ roomId: id, epoch: z.number() })) }),
  },
} as const;

/** Told to every connected server; each passes it on to its own sockets. */
export const sfuEvents = {
  'seat:added': z.object({ roomId: id, epoch: z.number().int(), participantId: id, consumers: z.array(consumerInfo) }),
  'seat:closed': z.object({ roomId: id, epoch: z.number().int(), participantId: id, consumerIds: z.array(id) }),
  /** What the SFU has noticed of a participant's line since it last told. */
  'seat:line': z.object({ roomId: id, epoch: z.number().int(), participantId: id, silent: z.boolean(), receives: ladderStep }),
  'room:speaker': z.object({ roomId: id, epoch: z.number().int(), participantId: id.nullable() }),
  'room:lost': z.object({ roomId: id, epoch: z.number().int() }), // its worker died; everything in it is gone
} as const;

/** What a node says of itself, every second. The server writes it into the registry. */
export const nodeReport = z.object({
  nodeId: z.string().regex(/^[a-z0-9-]{1,40}$/),
  instanceId: id, // new at each start of the process
  controlUrl: z.url(),
  region: z.string().regex(/^[A-Z]{2}$/), // ISO 3166 country
  capacity: z.number().int().positive(), // consumers
  load: z.number().int().nonnegative(), // consumers
  draining: z.boolean(),
});
export type NodeReport = z.infer<typeof nodeReport>;

export const nodeRoutes = {
  'POST /api/nodes/report': { summary: 'An SFU node reports itself', access: 'node', body: nodeReport, reply: nothing },
} as const;
