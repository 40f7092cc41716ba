/** The control for joining: two pages, one peer connection, one signalling round trip, no server in the media. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

const shared = `
  import { io } from '/socket.io/socket.io.esm.min.js';
  window.socket = io({ transports: ['websocket'] });
  window.stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: { ideal: 1280 }, height: { ideal: 720 } } });
  window.gathered = (connection) => new Promise((resolve) => {
    if (connection.iceGatheringState === 'complete') return resolve();
    connection.onicegatheringstatechange = () => connection.iceGatheringState === 'complete' && resolve();
  });`;

/** Waits for calls, answers with its own camera and candidates as they come. */
const waitPage = `<!doctype html><title>waiting</title><script type="module">${shared}
  let connection;
  socket.on('candidate', (candidate) => connection?.addIceCandidate(candidate));
  socket.on('offer', async (offer, answer) => {
    connection?.close();
    connection = new RTCPeerConnection();
    connection.onicecandidate = ({ candidate }) => candidate && socket.emit('candidate', candidate);
    for (const track of stream.getTracks()) connection.addTrack(track, stream);
    await connection.setRemoteDescription(offer);
    await connection.setLocalDescription(await connection.createAnswer());
    answer(connection.localDescription);
  });
  document.title = 'ready';
</script>`;

const callPage = `<!doctype html><title>calling</title><button id="join">Join</button><video id="remote" autoplay playsinline muted></video><script type="module">${shared}
  document.querySelector('#join').onclick = async () => {
    const connection = new RTCPeerConnection();
    const early = [];
    socket.on('candidate', (candidate) => connection.remoteDescription ? connection.addIceCandidate(candidate) : early.push(candidate));
    connection.onicecandidate = ({ candidate }) => candidate && socket.emit('candidate', candidate);
    connection.ontrack = ({ track, streams }) => { if (track.kind === 'video') document.querySelector('#remote').srcObject = streams[0]; };
    for (const track of stream.getTracks()) connection.addTrack(track, stream);
    await connection.setLocalDescription(await connection.createOffer());
    socket.emit('offer', connection.localDescription, async (answer) => {
      await connection.setRemoteDescription(answer);
      for (const candidate of early) connection.addIceCandidate(candidate);
    });
  };
  document.title = 'ready';
</script>`;

/** Serves both pages on loopback and passes their signalling between them. */
export async function servePeerToPeer(): Promise<{ address: string } & AsyncDisposable> {
  const http = createServer((request, response) => {
    response.setHeader('content-type', 'text/html').end(request.url === '/wait' ? waitPage : callPage);
  });
  const io = new Server(http);
  io.on('connection', (socket) => {
    socket.on('candidate', (candidate) => socket.broadcast.emit('candidate', candidate));
    socket.on('offer', async (offer, ack) => {
      const others = [...io.sockets.sockets.values()].filter((other) => other !== socket);
      ack(await Promise.any(others.map((other) => other.timeout(10_000).emitWithAck('offer', offer))));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return { address: `http://localhost:${port}`, [Symbol.asyncDispose]: () => io.close() };
}
