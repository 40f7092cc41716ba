/** The control for the SFU: one mediasoup worker, a router a room, transports and consumers, and no line more than that needs. */
import { createWorker } from 'mediasoup';
import type { Consumer, Router, RtpCapabilities, RtpParameters, WebRtcTransport } from 'mediasoup/types';
import { type JoinOffer, joinOffer, kindOf, type Source } from '../contract/media.ts';
import { mediaCodecs } from '../sfu/codecs.ts';

type Seat = { id: string; router: Router; rtpCapabilities: RtpCapabilities; send: WebRtcTransport; recv: WebRtcTransport };

const worker = await createWorker({ logLevel: 'none' });
const port = Number(process.env.BARE_PORT);
const webRtcServer = await worker.createWebRtcServer({
  listenInfos: [
    { protocol: 'udp', ip: '127.0.0.1', port },
    { protocol: 'tcp', ip: '127.0.0.1', port },
  ],
});
let routers = new Map<string, Router>(); // by participant
const { rtpCapabilities: capabilities } = await worker.createRouter({ mediaCodecs });
const seats: Seat[] = [];
const consumers = new Map<string, Consumer>();

const info = ({ id, iceParameters, iceCandidates, dtlsParameters }: WebRtcTransport) => ({
  id,
  iceParameters,
  iceCandidates,
  dtlsParameters,
});

const methods = {
  capabilities: () => capabilities,
  open: async (rooms: string[][]) => {
    for (const room of rooms) {
      const router = await worker.createRouter({ mediaCodecs });
      for (const id of room) routers.set(id, router);
    }
  },
  join: async (id: string, offer: JoinOffer) => {
    const { rtpCapabilities } = offer;
    const router = routers.get(id);
    if (!router) throw new Error('no such room');
    const fingerprints = joinOffer.shape.fingerprints.parse(offer.fingerprints);
    const make = async () => {
      const transport = await router.createWebRtcTransport({
        webRtcServer,
        enableUdp: true,
        enableTcp: true,
        preferUdp: true,
        initialAvailableOutgoingBitrate: 1_000_000,
      });
      await transport.connect({ dtlsParameters: { role: 'client', fingerprints } });
      return transport;
    };
    const [send, recv] = await Promise.all([make(), make()]);
    seats.push({ id, router, rtpCapabilities, send, recv });
    return { epoch: 1, resumed: false, sendTransport: info(send), recvTransport: info(recv), consumers: [], sending: [] };
  },
  start: async (id: string, source: Source, rtpParameters: RtpParameters) => {
    const seat = seats.find((one) => one.id === id);
    const producer = await seat?.send.produce({ kind: kindOf[source], rtpParameters });
    if (!producer) throw new Error('no such seat');
    for (const other of seats.filter((one) => one !== seat && one.router === seat?.router)) {
      const consumer = await other.recv.consume({ producerId: producer.id, rtpCapabilities: other.rtpCapabilities, paused: true });
      consumers.set(consumer.id, consumer);
      const { id: consumerId, kind } = consumer;
      process.send?.({
        added: [
          other.id,
          [{ consumerId, producerId: producer.id, participantId: id, source, kind, rtpParameters: consumer.rtpParameters }],
        ],
      });
    }
    return { producerId: producer.id };
  },
  show: async (ids: string[]) => {
    for (const id of ids) await consumers.get(id)?.resume();
  },
  packetsSent: async () => {
    const stats = await Promise.all([...consumers.values()].map((consumer) => consumer.getStats()));
    return stats.flat().reduce((sum, stat) => sum + (stat.type === 'outbound-rtp' ? stat.packetCount : 0), 0);
  },
  close: async () => {
    for (const router of new Set(routers.values())) router.close();
    routers = new Map();
    seats.length = 0;
    consumers.clear();
  },
};

process.on('message', async ({ id, method, args }: { id: number; method: keyof typeof methods; args: never[] }) => {
  const answer = await (methods[method] as (...args: never[]) => unknown)(...args);
  process.send?.({ id, answer: answer ?? null });
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
