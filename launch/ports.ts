import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { Hindrance } from '../contract/process.ts';

export type WantedPort = { port: number; host: string; variable: string; protocols: ('tcp' | 'udp')[] };

/**
 * Sees that every port is free before anything starts.
 *
 * @param patienceMs - how long a port may still be held: after a SIGKILL our own programs take a moment to go.
 * @throws {Hindrance} naming the port and the variable that chooses another.
 */
export async function requirePorts(wanted: WantedPort[], patienceMs: number): Promise<void> {
  const until = Date.now() + patienceMs;
  for (const want of wanted) {
    for (const protocol of want.protocols) {
      while (!(await isFree(want, protocol))) {
        if (Date.now() >= until) throw inUse(want);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  }
}

const inUse = ({ port, variable }: WantedPort): Hindrance =>
  new Hindrance(`Port ${port} is in use: stop the program that has it, or choose another, such as ${variable}=${port + 100} npm start.`);

function isFree({ port, host }: WantedPort, protocol: 'tcp' | 'udp'): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(new Hindrance(`Port ${port} on ${host} cannot be used (${error.code}): choose another address or a port above 1023.`));
    };
    if (protocol === 'udp') {
      const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
      socket.once('error', failed).bind({ port, address: host, exclusive: true }, () => socket.close(() => resolve(true)));
    } else {
      const server = createServer();
      server.once('error', failed).listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
    }
  });
}
