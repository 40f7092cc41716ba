/** REST routes as data: the server mounts them, the client is typed by them, OpenAPI is generated from them. */
import type { z } from 'zod';
import { accessRoutes } from './access.ts';
import { bookingRoutes } from './booking.ts';
import { calendarRoutes } from './calendar.ts';
import { carePlanRoutes, directoryRoutes } from './carePlans.ts';
import { checkRoutes } from './check.ts';
import { consentRoutes } from './consent.ts';
import { continuityRoutes } from './continuity.ts';
import { conversationRoutes } from './conversation.ts';
import { delegationRoutes } from './delegations.ts';
import { formRoutes } from './forms.ts';
import { identityRoutes } from './identity.ts';
import { interpretingRoutes } from './interpreting.ts';
import { letterRoutes } from './letters.ts';
import { measurementRoutes } from './measurements.ts';
import { messageRoutes } from './messages.ts';
import { patientRoutes } from './patients.ts';
import { planTemplateRoutes } from './planTemplates.ts';
import { policyRoutes } from './policy.ts';
import { pollRoutes } from './polls.ts';
import { queueRoutes } from './queue.ts';
import { recordRoutes } from './record.ts';
import { referralRoutes } from './referrals.ts';
import { requestRoutes } from './requests.ts';
import { roundRoutes } from './rounds.ts';
import { schedulingRoutes } from './scheduling.ts';
import { nodeRoutes } from './sfu.ts';
import { snippetRoutes } from './snippets.ts';
import { stillRoutes } from './stills.ts';
import { unitRoutes } from './units.ts';
import { visitRoutes } from './visits.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type RouteKey = `${Method} /api/${string}`;
export type Route = {
  summary: string;
  access?: 'public' | 'node'; // else a session is required
  whileLocked?: true; // also answered when a session has locked
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  bytes?: 'in' | 'out'; // a JPEG in place of JSON, as what is sent or as the answer
  reply: z.ZodType;
};
export type RouteMap = Record<RouteKey, Route>;

export const routes = {
  ...identityRoutes,
  ...unitRoutes,
  ...patientRoutes,
  ...continuityRoutes,
  ...visitRoutes,
  ...bookingRoutes,
  ...calendarRoutes,
  ...carePlanRoutes,
  ...directoryRoutes,
  ...planTemplateRoutes,
  ...pollRoutes,
  ...formRoutes,
  ...conversationRoutes,
  ...interpretingRoutes,
  ...recordRoutes,
  ...referralRoutes,
  ...requestRoutes,
  ...schedulingRoutes,
  ...roundRoutes,
  ...queueRoutes,
  ...letterRoutes,
  ...messageRoutes,
  ...measurementRoutes,
  ...stillRoutes,
  ...snippetRoutes,
  ...delegationRoutes,
  ...checkRoutes,
  ...accessRoutes,
  ...consentRoutes,
  ...policyRoutes,
  ...nodeRoutes,
} satisfies RouteMap;
export type Routes = typeof routes;
