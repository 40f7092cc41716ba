/** A socket.io that tells everybody else what one wrote, and answers: the least that such a server can do. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { serveClient: false });
io.on('connection', (socket) => {
  void socket.join('plan');
  socket.on('write', (change: unknown, answer: (reply: object) => void) => {
    socket.to('plan').emit('written', change);
    answer({ ok: true });
  });
});
http.listen(0, '127.0.0.1', () => process.send?.((http.address() as AddressInfo).port));
