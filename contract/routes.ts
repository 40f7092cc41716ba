/** REST routes as data: the server mounts them, the client is typed by them, OpenAPI is generated from them. */
import type { z } from 'zod';
import { identityRoutes } from './identity.ts';
import { nodeRoutes } from './sfu.ts';
import { visitRoutes } from './visits.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type RouteKey = `${Method} /api/${string}`;
export type Route = {
  summary: string;
  access?: 'public' | 'node'; // else a session is required
  params?: z.ZodType;
  body?: z.ZodType;
  reply: z.ZodType;
};
export type RouteMap = Record<RouteKey, Route>;

export const routes = { ...identityRoutes, ...visitRoutes, ...nodeRoutes } satisfies RouteMap;
export type Routes = typeof routes;
