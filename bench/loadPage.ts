/** Runs in the browser: rooms of peers, with a transport pair each; as many as the address says, `#3x4`: three of four. */
import { Device } from 'mediasoup-client';
import { io } from 'socket.io-client';
import { makeCertificate } from '../client/media/certificate.ts';
import { MediaLink } from '../client/media/MediaLink.ts';
import type { ConsumerInfo, JoinAnswer, RtpCapabilities } from '../contract/media.ts';

const socket = io({ transports: ['websocket'] });
const [count = 3, peers = 4] = (location.hash.slice(1) || '3x4').split('x').map(Number);
const rooms = Array.from({ length: count }, () => Array.from({ length: peers }, () => crypto.randomUUID()));
const ids = rooms.flat();
const ask = <T>(event: string, ...args: unknown[]): Promise<T> => new Promise((resolve) => socket.emit(event, ...args, resolve));
const capabilities = await new Promise<RtpCapabilities>((resolve) =>
  socket.emit('open', rooms, (_: null, found: RtpCapabilities) => resolve(found)),
);
const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 320, height: 180 } });
const [microphone, camera] = [stream.getAudioTracks()[0], stream.getVideoTracks()[0]];
if (!microphone || !camera) throw new Error('no fake devices');

const links = new Map<string, MediaLink>();
socket.on('added', (id: string, consumers: ConsumerInfo[]) => void links.get(id)?.add(consumers));
for (const id of ids) {
  const device = new Device();
  await device.load({ routerRtpCapabilities: capabilities });
  const certificate = await makeCertificate();
  const { codecs = [], headerExtensions = [] } = device.recvRtpCapabilities;
  const answer = await ask<JoinAnswer>('join', id, {
    rtpCapabilities: { codecs, headerExtensions },
    fingerprints: certificate.fingerprints,
  });
  const link = new MediaLink(device, { ...answer, iceServers: [] }, certificate, {
    start: async (source, rtpParameters) => (await ask<{ producerId: string }>('start', id, source, rtpParameters)).producerId,
    show: (wishes) =>
      void socket.emit(
        'show',
        id,
        wishes.map(({ consumerId }) => consumerId),
      ),
    broken: () => undefined,
  });
  links.set(id, link);
}
for (const link of links.values()) {
  await link.start('microphone', microphone.clone(), false);
  await link.start('camera', camera.clone(), false);
}
document.title = 'all sending';
