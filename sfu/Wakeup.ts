import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, Producer } from 'mediasoup/types';

const lookEveryMs = 15;
const longestMs = 500;
const nudgeEveryMs = 20;
const nudges = 25;

/**
 * Wakes one receiver's pictures so that the first of them comes at once.
 *
 * mediasoup gives a receiver a layer by how many bytes it has had of each, and asks for a key frame when it has. Who is woken
 * before anything has been counted gets no layer; the next time that mediasoup looks is up to a second away, and a browser
 * answers no second request within 300 ms (libwebrtc: kMinKeyframeSendIntervalMs). So: wait until something has come, wake,
 * and have it look again until there is a layer.
 *
 * @throws if either of them ends meanwhile
 */
export async function wake(producer: Producer, consumer: Consumer, isWanted: () => boolean): Promise<void> {
  await counted(producer);
  if (!isWanted()) return;
  await consumer.resume();
  for (let nudged = 0; nudged < nudges && isWanted() && lacksLayer(consumer); nudged++) {
    await sleep(nudgeEveryMs);
    if (lacksLayer(consumer)) await lookAgain(consumer);
  }
}

const lacksLayer = ({ type, closed, producerPaused, currentLayers }: Consumer): boolean =>
  type === 'simulcast' && !closed && !producerPaused && !currentLayers;

/** mediasoup looks at the layers when what is preferred changes. */
async function lookAgain(consumer: Consumer): Promise<void> {
  const preferred = consumer.preferredLayers;
  if (!preferred) return;
  await consumer.setPreferredLayers({ spatialLayer: preferred.spatialLayer, temporalLayer: 0 });
  await consumer.setPreferredLayers({ spatialLayer: preferred.spatialLayer });
}

/** When the first bytes have come; at once when they have. */
async function counted(producer: Producer): Promise<void> {
  const closed = new AbortController();
  producer.observer.once('close', () => closed.abort());
  if (producer.score.length === 0) await once(producer, 'score', { signal: closed.signal }); // the first packet, perhaps of padding alone
  for (let waited = 0; waited < longestMs; waited += lookEveryMs) {
    const streams = await producer.getStats();
    if (streams.some(({ bitrateByLayer }) => Object.values(bitrateByLayer ?? {}).some((bitrate) => bitrate > 0))) return;
    await sleep(lookEveryMs);
  }
}
