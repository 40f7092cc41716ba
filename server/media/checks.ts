/** Media rooms for checks: one browser that hears itself over the SFU, on each way through the network. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { JoinAnswer, JoinOffer, RtpParameters, Shown, Source } from '../../contract/media.ts';
import type { ways } from '../../contract/quality.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { SeatPlan } from '../../contract/sfu.ts';
import type { Context } from '../context.ts';
import type { SfuLink } from './SfuLink.ts';

type Way = (typeof ways)[number];
type Pathed = { checkId: string; path: Way };

/** A check is over long before, s. */
const validForS = 120;
const checked: Source[] = ['microphone', 'camera'];
const epoch = 1;

/** Begins one. Its id is the permission: it says when it was given, and only this installation can have made it. */
export function beginCheck(ctx: Context, now: Date): string {
  const checkId = idOf(ctx, Math.floor(now.getTime() / 1_000), randomBytes(3));
  setTimeout(() => void closeCheck(ctx, checkId), validForS * 1_000).unref();
  return checkId;
}

/** @throws {Refusal} `not_found` for an id that is not ours or has run out. */
export function requireCheck(ctx: Context, checkId: string, now: Date): void {
  const bytes = bytesOf(checkId);
  const begunAt = bytes.readUInt32BE(0);
  const ageS = now.getTime() / 1_000 - begunAt;
  const ours = idOf(ctx, begunAt, Buffer.from([bytes[4] ?? 0, bytes[5] ?? 0, bytes[7] ?? 0])) === checkId;
  if (!ours || ageS > validForS || ageS < -1) throw new Refusal('not_found', 'This check is over. Begin another.');
}

export async function joinCheck(ctx: Context, { checkId, path }: Pathed, offer: JoinOffer): Promise<JoinAnswer> {
  const link = linkFor(ctx, checkId);
  const seats = (['udp', 'tcp', 'relay'] as const).map((way) => planOf(checkId, way));
  await link.request('room:apply', { roomId: checkId, epoch, revision: 1, seats });
  return link.request('seat:join', { roomId: checkId, epoch, participantId: seatOf(checkId, path), ...offer });
}

export function startInCheck(
  ctx: Context,
  { checkId, path }: Pathed,
  source: Source,
  rtpParameters: RtpParameters,
): Promise<{ producerId: string }> {
  const room = { roomId: checkId, epoch, participantId: seatOf(checkId, path) };
  return linkFor(ctx, checkId).request('track:start', { ...room, source, rtpParameters });
}

export async function showInCheck(ctx: Context, { checkId, path }: Pathed, consumers: Shown[]): Promise<void> {
  await linkFor(ctx, checkId).request('consumer:show', { roomId: checkId, epoch, participantId: seatOf(checkId, path), consumers });
}

/** Closing twice is harmless. */
export async function closeCheck(ctx: Context, checkId: string): Promise<void> {
  await linkFor(ctx, checkId)
    .request('room:close', { roomId: checkId, epoch })
    .catch(() => undefined); // gone already, or its node is
}

/** The same node for every server that is asked, without anything being kept. */
function linkFor(ctx: Context, checkId: string): SfuLink {
  const links = ctx.media.nodes.connected;
  const link = links[bytesOf(checkId).readUInt32BE(8) % Math.max(1, links.length)];
  if (!link) throw new Refusal('media_unavailable', 'Sound and picture cannot be reached at the moment. Try again soon.');
  return link;
}

const planOf = (checkId: string, path: Way): SeatPlan => {
  const participantId = seatOf(checkId, path);
  return { participantId, maySend: checked, paused: [], hears: [{ participantId, sources: checked }] };
};

const seatOf = (checkId: string, path: Way): string => uuidOf(createHash('sha256').update(`${checkId} ${path}`).digest());

function idOf(ctx: Context, begunAt: number, random: Buffer): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32BE(begunAt, 0);
  bytes[4] = random[0] ?? 0;
  bytes[5] = random[1] ?? 0;
  bytes[7] = random[2] ?? 0;
  createHmac('sha256', ctx.env.SECRET).update('check').update(bytes.subarray(0, 8)).digest().copy(bytes, 8, 0, 8);
  return uuidOf(bytes);
}

const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

/** Sixteen bytes as a UUID of version 8, which is for whatever one likes (RFC 9562). */
function uuidOf(given: Buffer): string {
  const bytes = Buffer.from(given.subarray(0, 16));
  bytes[6] = 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
