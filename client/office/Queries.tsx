import { QueryClient, QueryClientContext, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useContext, useState } from 'react';
import { codeOf } from '../app/api.ts';

const retry = (failures: number, error: Error): boolean => failures < 2 && (codeOf(error) === 'offline' || codeOf(error) === 'internal');

/**
 * What is fetched within lives as long as the page: the next user sees nothing of the former. Within another it is that
 * one's: a part of the room, where nothing is fetched, is also a part of pages where much is.
 */
export function Queries({ children }: { children: ReactNode }) {
  const outer = useContext(QueryClientContext);
  const [own] = useState(() => outer ?? new QueryClient({ defaultOptions: { queries: { retry } } }));
  return outer ? children : <QueryClientProvider client={own}>{children}</QueryClientProvider>;
}
