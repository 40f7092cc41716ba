/** How long the client waits for what, ms. Built with `LIBRARY_TIMERS=1`, the libraries' own: what is compared with. */
declare const __LIBRARY_TIMERS__: boolean | undefined;

const ours = {
  /** Nothing has come for so long though something should: the line is silent. */
  silentAfter: 1_700,
  /** By then the SFU has said whose line is silent; if it has not, it is the SFU itself that is. */
  silentAnyhow: 2_400,
  /** ICE asks for a sign of life at least every 2.5 s: two missed and a little more, and nothing at all: silent too. */
  unansweredAfter: 6_000,
  /** The first of it may take longer: the way through the network is only being found. */
  firstWithin: 8_000,
  /** How often receiver statistics are read for that. */
  lookEvery: 300,
  /** How often they are read while it is silent: what comes first after a break says that it is over. */
  lookEveryInSilence: 120,
  /** From one attempt at a connection to the next. */
  tryEvery: 150,
  /** How long an attempt may take... */
  tryFor: 2_500,
  /** ...and in a long break now and then: the network found at last may be a slow one. */
  tryLong: 8_000,
  /** An answer that has not come by then will not. */
  answerWithin: 6_000,
  /** What was refused for now is asked again. */
  retry: 400,
  /** A transport that says "disconnected" is given so long to heal before its ICE is restarted. */
  disconnectedFor: 1_000,
  /** While signalling stands, a new path is asked for no oftener than this. */
  joinAgainAfter: 2_000,
} as const;

/** socket.io: one attempt after 1 to 5 s, each for 20 s; mediasoup-client: nothing until a transport has failed. */
const library: Record<keyof typeof ours, number> = {
  ...ours,
  silentAfter: Number.POSITIVE_INFINITY,
  silentAnyhow: Number.POSITIVE_INFINITY,
  unansweredAfter: Number.POSITIVE_INFINITY,
  firstWithin: Number.POSITIVE_INFINITY,
  tryEvery: 3_000,
  tryFor: 20_000,
  tryLong: 20_000,
  answerWithin: 20_000,
  retry: 1_000,
  disconnectedFor: Number.POSITIVE_INFINITY,
  joinAgainAfter: 2_000,
};

export const timers: Record<keyof typeof ours, number> = typeof __LIBRARY_TIMERS__ !== 'undefined' && __LIBRARY_TIMERS__ ? library : ours;

/** Forward error correction and sending again, for speech. Built with `SPEECH_AIDS=0`, without: what is compared with. */
declare const __SPEECH_AIDS__: boolean | undefined;
export const speechAids: boolean = typeof __SPEECH_AIDS__ === 'undefined' || __SPEECH_AIDS__;
