/** The two sockets of a browser: `/today` says that a list changed; `/visit` is one seat of one visit. */
import { z } from 'zod';
import { issuedCode } from './codes.ts';
import { presenceConsent } from './consent.ts';
import { cameraWish, deviceState, newAsk, pointer, stroke } from './examination.ts';
import { instead } from './interpreting.ts';
import {
  consumerInfo,
  iceServer,
  joinAnswer,
  joinOffer,
  ladderStep,
  lineState,
  rtpCapabilities,
  rtpParameters,
  shown,
  source,
} from './media.ts';
import { qualitySample } from './quality.ts';
import { identityMethod, role, seatKind, visitSnapshot } from './visits.ts';
import { id, nothing, words } from './wire.ts';

export const visitHandshake = z.object({ visitId: id, tabId: id, seat: seatKind });
export type VisitHandshake = z.infer<typeof visitHandshake>;

const none = z.object({}).strict();
const person = z.object({ participantId: id });
const ofSource = z.object({ source });

/** What a browser gets when it joins: what the SFU says, a relay to fall back on, and how long its seat is kept when it falls out. */
export const seatAnswer = joinAnswer.extend({ iceServers: z.array(iceServer), seatKeptMs: z.number() });
export type SeatAnswer = z.infer<typeof seatAnswer>;

/** Asked from before the door. Nothing here leads to media. */
export const lobbyRequests = {
  'lobby:knock': { request: none, reply: nothing },
  'lobby:leave': { request: none, reply: nothing },
  /** Whether the line carries an answer. */
  'line:ping': { request: none, reply: nothing },
} as const;

/** Asked by one who has been admitted; attached to the socket at that moment and taken off when it ends. */
export const seatRequests = {
  /** Wants the word, or no more. */
  'hand:raise': { request: z.object({ up: z.boolean() }), reply: nothing },
  /** Who has the word passes it on; the host may, too. */
  'table:next': { request: none, reply: nothing },
  'seat:sitWith': { request: z.object({ participantId: id.nullable() }), reply: nothing },
  'visit:join': { request: joinOffer.extend({ takeOver: z.boolean() }), reply: seatAnswer },
  'visit:leave': { request: none, reply: nothing },
  'media:start': { request: z.object({ source, rtpParameters, paused: z.boolean() }), reply: z.object({ producerId: id }) },
  'media:stop': { request: ofSource, reply: nothing },
  'media:pause': { request: ofSource, reply: nothing },
  'media:resume': { request: ofSource, reply: nothing },
  /** What the line has room for on its way up. */
  'line:sends': { request: z.object({ step: ladderStep }), reply: nothing },
  /** What was measured since the last one; kept with the visit. */
  'line:sample': { request: qualitySample, reply: nothing },
  'media:show': { request: z.object({ consumers: z.array(shown).max(64) }), reply: nothing },
  /** What one's cameras and microphone can do and are set to. */
  'devices:are': { request: deviceState, reply: nothing },
} as const;

/** Asked by staff of the visit. */
export const staffRequests = {
  'people:admit': { request: person, reply: nothing },
  /** A new code for one who cannot get in; the old one is void. */
  'people:code': { request: person, reply: issuedCode },
  /** Who came by link and code is who they say. */
  'people:identity': { request: person.extend({ method: identityMethod }), reply: nothing },
  'people:bystander': {
    request: z.object({
      id,
      name: words(120),
      role,
      besideId: id,
      byPhone: z.boolean().default(false),
      consented: z.boolean().default(false),
    }),
    reply: nothing,
  },
  'people:bystanderLeft': { request: z.object({ id }), reply: nothing },
  'visit:identity': { request: z.object({ method: identityMethod }), reply: nothing },
  /** The visit is held without the interpreter in it. */
  'interpreter:instead': { request: instead, reply: nothing },
  'visit:begin': { request: none, reply: nothing },
  'examination:ask': { request: newAsk, reply: nothing },
  'camera:wish': { request: cameraWish, reply: nothing },
  /** It cannot be saved over the network: the visit goes on by telephone. */
  'visit:toPhone': { request: none, reply: nothing },
  'emergency:raise': { request: none, reply: nothing },
  'emergency:over': { request: z.object({ mistaken: z.boolean() }), reply: nothing },
} as const;

/** Asked by staff and by the bedside. */
export const attendingRequests = {
  /** It has been shown, or cannot be; whoever asked may take it back. */
  'examination:done': { request: z.object({ id, shown: z.boolean() }), reply: nothing },
  'examination:thaw': { request: z.object({ id }), reply: nothing },
  'mark:point': { request: pointer, reply: nothing },
  'mark:stroke': { request: stroke, reply: nothing },
  'mark:clear': { request: none, reply: nothing },
  /** The patient knows these persons, with or without a device, to be there. */
  'visit:acknowledge': { request: z.object({ ids: z.array(id).min(1).max(64) }), reply: nothing },
  'emergency:iCall': { request: none, reply: nothing },
  /** The patient says yes to somebody's being there, for this visit. */
  'consent:give': { request: presenceConsent.safeExtend(person.shape), reply: nothing },
  /** And takes it back: at once nothing flows to them or from them, and they are out. */
  'consent:withdraw': { request: person, reply: nothing },
} as const;

/** Asked by the patient and those beside them. Stopping needs no reason. */
export const bedsideRequests = {
  'curtain:draw': { request: none, reply: nothing },
  'curtain:lift': { request: none, reply: nothing },
  'visit:stop': { request: none, reply: nothing },
  'talk:answer': { request: z.object({ yes: z.boolean() }), reply: nothing },
} as const;

/** Asked by the host. */
export const hostRequests = {
  'people:mute': { request: person, reply: nothing },
  'people:toLobby': { request: person, reply: nothing },
  'people:remove': { request: person, reply: nothing },
  /** Takes up an item of the agenda, and with it moves whoever takes part in and the others out; null: everybody in. */
  'agenda:take': { request: z.object({ itemId: id.nullable() }), reply: nothing },
  /** Asks the person whether these may talk by themselves for a while. */
  'talk:propose': { request: z.object({ participantIds: z.array(id).min(2).max(24) }), reply: nothing },
  /** Everybody gets the word in turn; once more: no longer. */
  'table:round': { request: z.object({ on: z.boolean() }), reply: nothing },
  'hand:lower': { request: person, reply: nothing },
  'talk:end': { request: none, reply: nothing },
  'visit:end': { request: none, reply: nothing },
} as const;

export const visitRequests = {
  ...lobbyRequests,
  ...seatRequests,
  ...staffRequests,
  ...attendingRequests,
  ...bedsideRequests,
  ...hostRequests,
} as const;

/** Told to one seat. */
export const visitEvents = {
  'visit:snapshot': visitSnapshot,
  'visit:superseded': nothing, // another tab holds the seat now; this socket is closed
  /** The participants whose lines are not in order. */
  'visit:lines': z.object({ lines: z.array(z.object({ participantId: id, ...lineState.shape })) }),
  /** What one has been asked to show was not to be had, told to whoever asked. */
  'examination:cannot': z.object({ id }),
  'devices:known': z.object({ devices: z.array(deviceState.extend({ participantId: id })) }),
  'camera:wished': cameraWish,
  'mark:pointed': pointer.extend({ byId: id }),
  /** All strokes there are. */
  'mark:strokes': z.object({ strokes: z.array(stroke.extend({ byId: id })) }),
  'mark:stroked': stroke.extend({ byId: id }),
  'visit:speaker': z.object({ participantId: id.nullable() }),
  'media:capabilities': rtpCapabilities, // the router's, the same for all rooms
  'media:added': z.object({ epoch: z.number().int(), consumers: z.array(consumerInfo) }),
  'media:closed': z.object({ epoch: z.number().int(), consumerIds: z.array(id) }),
  'media:resync': nothing, // events may have been missed: join again with `resume`
} as const;

export const todayEvents = { 'today:changed': nothing } as const;
