/** The pages, each fetched when it is needed; a route's page begins to load before anything is drawn. */
import { lazy } from 'react';

const loaders = {
  start: () => import('../start/StartPage.tsx'),
  today: () => import('../today/TodayPage.tsx'),
  visit: () => import('../visit/VisitPage.tsx'),
};

export const StartPage = lazy(loaders.start);
export const TodayPage = lazy(loaders.today);
export const VisitPage = lazy(loaders.visit);

/** Fetches a page ahead. One that cannot be fetched now is fetched when it is drawn. */
export function fetchAhead(page: keyof typeof loaders): void {
  loaders[page]().catch(() => undefined);
}

export function fetchPageOf(path: string): void {
  if (path.startsWith('/visits/')) fetchAhead('visit');
  else fetchAhead(path === '/today' ? 'today' : 'start');
}
