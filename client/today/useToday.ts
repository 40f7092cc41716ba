import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { io, type Socket } from 'socket.io-client';
import type { todayEvents } from '../../contract/visitSocket.ts';
import type { ToldBy } from '../../contract/wire.ts';
import { api } from '../app/api.ts';

const key = ['today'];

/** The day's visits, fetched anew whenever the server says that one changed, and after every break. */
export function useToday() {
  const queries = useQueryClient();
  useEffect(() => {
    const socket: Socket<ToldBy<typeof todayEvents>> = io('/today', { transports: ['websocket'], reconnectionDelayMax: 3_000 });
    const refetch = (): void => void queries.invalidateQueries({ queryKey: key });
    socket.on('today:changed', refetch);
    socket.on('connect', refetch);
    return () => void socket.disconnect();
  }, [queries]);
  return useQuery({ queryKey: key, queryFn: () => api('GET /api/visits/today') });
}

/** Now, anew every half minute, for "has waited 3 minutes". */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
