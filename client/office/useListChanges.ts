import { useEffect, useRef } from 'react';
import { io, type Socket } from 'socket.io-client';
import type { todayEvents } from '../../contract/visitSocket.ts';
import type { ToldBy } from '../../contract/wire.ts';
import { askAgain } from '../app/me.ts';

const retryMs = 1_000;

/** Calls back when a visit of one's units, or one that one has a seat in, has changed; and after every break. */
export function useListChanges(onChange: () => void): void {
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => {
    const socket: Socket<ToldBy<typeof todayEvents>> = io('/today', { transports: ['websocket'], reconnectionDelayMax: 3_000 });
    let closed = false;
    const changed = (): void => latest.current();
    socket.on('today:changed', changed);
    socket.on('connect', changed);
    // The server ended it because what one may has changed: come back and be judged anew.
    socket.on('disconnect', (reason) => {
      if (reason !== 'io server disconnect') return;
      void askAgain(); // logged out from elsewhere, or locked
      setTimeout(() => !closed && socket.connect(), retryMs);
    });
    return () => {
      closed = true;
      socket.disconnect();
    };
  }, []);
}
