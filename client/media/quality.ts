/** What a browser's statistics say of the line, from one look to the next. */
import type { OwnQuality, TrackQuality } from '../../contract/quality.ts';
import type { SpeechSent } from '../../contract/trials.ts';

/** Any statistic: what is missing is undefined. */
type Stat = RTCStats & { [name: string]: unknown };
const number = (stat: Stat | undefined, name: string): number => (typeof stat?.[name] === 'number' ? (stat[name] as number) : 0);

/** Differences to the look before, by statistic and name. */
export class Differences {
  readonly #before = new Map<string, number>();
  #atMs = 0;
  #seconds = 0;

  begin(nowMs: number): void {
    this.#seconds = this.#atMs === 0 ? 0 : (nowMs - this.#atMs) / 1_000;
    this.#atMs = nowMs;
  }

  /** How much it has grown; 0 at the first look. */
  grown(stat: Stat | undefined, name: string): number {
    if (!stat) return 0;
    const key = `${stat.id} ${name}`;
    const value = number(stat, name);
    const before = this.#before.get(key) ?? value;
    this.#before.set(key, value);
    return Math.max(0, value - before);
  }

  bitrateBps(stat: Stat | undefined, name: string): number {
    return this.#seconds === 0 ? 0 : Math.round((this.grown(stat, name) * 8) / this.#seconds);
  }
}

const all = (report: RTCStatsReport): Stat[] => [...report.values()] as Stat[];
const part = (some: number, rest: number): number => (some + rest === 0 ? 0 : some / (some + rest));

export function inboundOf(report: RTCStatsReport, trackId: string): Stat | undefined {
  return all(report).find((stat) => stat.type === 'inbound-rtp' && stat.trackIdentifier === trackId);
}

export function trackQuality(inbound: Stat, differences: Differences): Omit<TrackQuality, 'participantId' | 'source' | 'layer'> {
  const grown = (name: string): number => differences.grown(inbound, name);
  const samples = grown('totalSamplesReceived');
  return {
    bitrateBps: differences.bitrateBps(inbound, 'bytesReceived'),
    loss: part(grown('packetsLost'), grown('packetsReceived')),
    jitterMs: Math.round(number(inbound, 'jitter') * 1_000),
    width: number(inbound, 'frameWidth'),
    height: number(inbound, 'frameHeight'),
    framesPerSecond: number(inbound, 'framesPerSecond'),
    freezeMs: Math.round(grown('totalFreezesDuration') * 1_000),
    concealment: samples === 0 ? 0 : Math.max(0, grown('concealedSamples') - grown('silentConcealedSamples')) / samples,
  };
}

export function ownQuality(report: RTCStatsReport, differences: Differences): OwnQuality {
  const stats = all(report);
  const transport = stats.find(({ type }) => type === 'transport');
  const pair =
    stats.find(({ id }) => id === transport?.selectedCandidatePairId) ??
    stats.find(({ type, nominated, state }) => type === 'candidate-pair' && nominated === true && state === 'succeeded');
  const local = stats.find(({ id }) => id === pair?.localCandidateId);
  const roundTrip = pair?.currentRoundTripTime;
  return {
    roundTripMs: typeof roundTrip === 'number' ? Math.round(roundTrip * 1_000) : null,
    loss: lossOf(stats, differences),
    sentBps: differences.bitrateBps(pair, 'bytesSent'),
    availableBps: typeof pair?.availableOutgoingBitrate === 'number' ? Math.round(pair.availableOutgoingBitrate) : null,
    way: wayOf(local),
  };
}

/** As the SFU last answered, weighed by what is sent: an answer about a track that sends nothing any more is old. */
function lossOf(stats: Stat[], differences: Differences): number {
  const answers = stats.filter(({ type }) => type === 'remote-inbound-rtp');
  const weighed = answers.map((answer) => ({
    lost: number(answer, 'fractionLost'),
    sent: differences.grown(
      stats.find(({ id }) => id === answer.localId),
      'packetsSent',
    ),
  }));
  const sent = weighed.reduce((sum, one) => sum + one.sent, 0);
  return sent === 0 ? 0 : weighed.reduce((sum, one) => sum + one.lost * one.sent, 0) / sent;
}

/** What has gone out of one's own speech. */
export function speechSent(report: RTCStatsReport): SpeechSent {
  const speech = all(report).filter(({ type, kind }) => type === 'outbound-rtp' && kind === 'audio');
  const sum = (name: string): number => speech.reduce((total, stat) => total + number(stat, name), 0);
  return { sent: sum('packetsSent'), askedAgain: sum('nackCount') };
}

function wayOf(local: Stat | undefined): OwnQuality['way'] {
  if (!local) return null;
  if (local.candidateType === 'relay' || local.relayProtocol) return 'relay'; // behind a NAT a relay's candidate is called prflx
  return local.protocol === 'tcp' ? 'tcp' : 'udp';
}
