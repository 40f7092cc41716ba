/** What browsers and the SFU tell each other of RTP, ICE and DTLS, bounded so that a hostile one cannot be large. */
import { z } from 'zod';
import { ladderSteps } from './line.ts';
import { id } from './wire.ts';

const token = z.string().max(256);
const codecParameters = z.record(z.string().max(64), z.unknown());
const rtcpFeedback = z.array(z.object({ type: token, parameter: token.exactOptional() })).max(32);

/** The RTP header extensions that both ends know. */
const headerExtensionUri = z.enum([
  'urn:ietf:params:rtp-hdrext:sdes:mid',
  'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
  'urn:3gpp:video-orientation',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time',
  'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay',
  'urn:mediasoup:params:rtp-hdrext:packet-id',
]);
export const isKnownHeaderExtension = <E extends { uri: string }>(
  extension: E,
): extension is E & { uri: z.infer<typeof headerExtensionUri> } => headerExtensionUri.safeParse(extension.uri).success;

export const mediaKind = z.enum(['audio', 'video']);
export type MediaKind = z.infer<typeof mediaKind>;

/** What a track shows or sounds. One participant sends each at most once. */
export const sources = ['microphone', 'camera', 'screen', 'examination'] as const; // `examination`: a second camera
export const source = z.enum(sources);
export type Source = z.infer<typeof source>;
export const kindOf = { microphone: 'audio', camera: 'video', screen: 'video', examination: 'video' } as const satisfies Record<
  Source,
  MediaKind
>;

/** RTCRtpCapabilities in mediasoup's form. */
export const rtpCapabilities = z.object({
  codecs: z
    .array(
      z.object({
        kind: mediaKind,
        mimeType: token,
        preferredPayloadType: z.number().int().min(0).max(127),
        clockRate: z.number().int().positive(),
        channels: z.number().int().positive().exactOptional(),
        parameters: codecParameters.exactOptional(),
        rtcpFeedback: rtcpFeedback.exactOptional(),
      }),
    )
    .max(64),
  headerExtensions: z
    .array(
      z.object({
        kind: mediaKind,
        uri: headerExtensionUri,
        preferredId: z.number().int().min(1).max(255),
        preferredEncrypt: z.boolean().exactOptional(),
        direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).exactOptional(),
      }),
    )
    .max(64),
});
export type RtpCapabilities = z.infer<typeof rtpCapabilities>;

/** RTCRtpParameters in mediasoup's form: of one track, as its sender or its receiver has it. */
export const rtpParameters = z.object({
  mid: token.exactOptional(),
  msid: token.exactOptional(),
  codecs: z
    .array(
      z.object({
        mimeType: token,
        payloadType: z.number().int().min(0).max(127),
        clockRate: z.number().int().positive(),
        channels: z.number().int().positive().exactOptional(),
        parameters: codecParameters.exactOptional(),
        rtcpFeedback: rtcpFeedback.exactOptional(),
      }),
    )
    .min(1)
    .max(8),
  headerExtensions: z
    .array(
      z.object({
        uri: headerExtensionUri,
        id: z.number().int().min(1).max(255),
        encrypt: z.boolean().exactOptional(),
        parameters: codecParameters.exactOptional(),
      }),
    )
    .max(32)
    .exactOptional(),
  encodings: z
    .array(
      z.object({
        ssrc: z.number().int().nonnegative().exactOptional(),
        rid: token.exactOptional(),
        codecPayloadType: z.number().int().exactOptional(),
        rtx: z.object({ ssrc: z.number().int().nonnegative() }).exactOptional(),
        dtx: z.boolean().exactOptional(),
        scalabilityMode: token.exactOptional(),
        maxBitrate: z.number().exactOptional(),
      }),
    )
    .min(1)
    .max(4)
    .exactOptional(),
  rtcp: z.object({ cname: token.exactOptional(), reducedSize: z.boolean().exactOptional() }).exactOptional(),
});
export type RtpParameters = z.infer<typeof rtpParameters>;

/** Of the browser's certificate. An empty list has crashed workers, so it is refused here. */
export const fingerprints = z
  .array(
    z.object({
      algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
      value: z
        .string()
        .regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){15,63}$/)
        .transform((hex) => hex.toUpperCase()), // browsers give either case, the SFU compares with upper
    }),
  )
  .min(1)
  .max(5);

/** All that a browser needs to reach its transport at the SFU. */
export const transportInfo = z.object({
  id,
  iceParameters: z.object({ usernameFragment: token, password: token, iceLite: z.boolean().exactOptional() }),
  iceCandidates: z.array(
    z.object({
      foundation: token,
      priority: z.number(),
      ip: token,
      address: token,
      protocol: z.enum(['udp', 'tcp']),
      port: z.number(),
      type: z.literal('host'),
      tcpType: z.literal('passive').exactOptional(),
    }),
  ),
  dtlsParameters: z.object({ role: z.enum(['auto', 'client', 'server']).exactOptional(), fingerprints }),
});
export type TransportInfo = z.infer<typeof transportInfo>;

/** One track on its way to one participant. It starts paused: see `consumer:show`. */
export const consumerInfo = z.object({
  consumerId: id,
  producerId: id,
  participantId: id, // who sends it
  source,
  kind: mediaKind,
  rtpParameters,
});
export type ConsumerInfo = z.infer<typeof consumerInfo>;

/**
 * Whether a track is wanted just now, in which of its simulcast layers (0 smallest, 2 largest), and whether it is the one
 * looked at: that one is the last to be left out.
 */
export const shown = z.object({ consumerId: id, on: z.boolean(), spatialLayer: z.number().int().min(0).max(2), foremost: z.boolean() });
export type Shown = z.infer<typeof shown>;

/**
 * What a browser brings to a room; `resume` names the transports it still has from before a break, and whether their way
 * through the network is to be found anew.
 */
export const joinOffer = z.object({
  rtpCapabilities,
  fingerprints,
  resume: z.object({ epoch: z.number().int(), sendTransportId: id, recvTransportId: id, restartIce: z.boolean() }).exactOptional(),
});
export type JoinOffer = z.infer<typeof joinOffer>;

/** What it gets: in one round trip both transports, connected, and everyone's tracks. */
export const joinAnswer = z.object({
  epoch: z.number().int(),
  resumed: z.boolean(), // the transports named by `resume` still stand, and these are they
  sendTransport: transportInfo,
  recvTransport: transportInfo,
  consumers: z.array(consumerInfo),
  sending: z.array(source), // own tracks that the SFU still has
});
export type JoinAnswer = z.infer<typeof joinAnswer>;

/** A relay for networks that let nothing else through, with credentials that soon end (RTCIceServer). */
export const iceServer = z.object({ urls: z.array(z.string()), username: z.string(), credential: z.string() });
export type IceServer = z.infer<typeof iceServer>;

export const ladderStep = z.enum(ladderSteps);

/** How one participant's line is, as the SFU and they themselves see it. */
export const lineState = z.object({
  silent: z.boolean(), // nothing comes from them though something should
  receives: ladderStep, // what of the others reaches them
  sends: ladderStep, // what of theirs reaches the others
});
export type LineState = z.infer<typeof lineState>;
