/** A page of rooms of peers in one browser, all sending and receiving, for whichever SFU stands behind it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { build } from 'vite';
import type { ConsumerInfo, JoinAnswer, JoinOffer, RtpCapabilities, RtpParameters, Source } from '../contract/media.ts';
import { root } from '../launch/env.ts';

export type RoomBackend = {
  rtpCapabilities: RtpCapabilities;
  onAdded: (callback: (participantId: string, consumers: ConsumerInfo[]) => void) => void;
  /** Participants by room; nobody hears beyond their own. */
  open: (rooms: string[][]) => Promise<void>;
  join: (participantId: string, offer: JoinOffer) => Promise<JoinAnswer>;
  start: (participantId: string, source: Source, rtpParameters: RtpParameters) => Promise<{ producerId: string }>;
  show: (participantId: string, consumerIds: string[]) => Promise<void>;
  packetsSent: () => Promise<number>;
  closeRooms: () => Promise<void>;
};

/** Serves the page; `use` says which SFU the next visit to it is for. */
export async function serveLoad(): Promise<{ address: string; use: (backend: RoomBackend) => void; close: () => Promise<void> }> {
  let backend: RoomBackend | undefined;
  const script = await bundle();
  const http = createServer((request, response) => {
    if (request.url === '/load.js') response.setHeader('content-type', 'text/javascript').end(script);
    else
      response
        .setHeader('content-type', 'text/html')
        .end('<!doctype html><title>loading</title><script type="module" src="/load.js"></script>');
  });
  const io = new Server(http, { serveClient: false });
  io.on('connection', (socket) => {
    const used = backend;
    if (!used) return;
    used.onAdded((participantId, consumers) => socket.emit('added', participantId, consumers));
    socket.on('open', async (rooms, ack) => ack(await used.open(rooms), used.rtpCapabilities));
    socket.on('join', async (id, offer, ack) => ack(await used.join(id, offer)));
    socket.on('start', async (id, source, rtpParameters, ack) => ack(await used.start(id, source, rtpParameters)));
    socket.on('show', async (id, consumerIds) => used.show(id, consumerIds));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    address: `http://localhost:${port}`,
    use: (next) => {
      backend = next;
    },
    close: () => io.close(),
  };
}

async function bundle(): Promise<string> {
  const output = await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: { write: false, target: 'es2022', lib: { entry: `${root}/bench/loadPage.ts`, formats: ['es'], fileName: 'load' } },
  });
  const chunk = [output]
    .flat()
    .flatMap((one) => ('output' in one ? one.output : []))
    .find((file) => file.type === 'chunk');
  if (chunk?.type !== 'chunk') throw new Error('the load page was not built');
  return chunk.code;
}
