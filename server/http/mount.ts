/** Typed routes: parse, judge, act, reply; a handler that is missing does not compile. */
import { timingSafeEqual } from 'node:crypto';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { z } from 'zod';
import { parse } from '../../contract/answer.ts';
import { mostBytes } from '../../contract/examining.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Route, RouteKey } from '../../contract/routes.ts';
import { actingBy } from '../access/acting.ts';
import type { Context } from '../context.ts';
import { browserOf, deviceOf } from '../identity/device.ts';
import type { From } from '../identity/login.ts';
import type { Actor } from '../identity/sessions.ts';

type ParsedOf<S> = S extends z.ZodType ? z.output<S> : undefined;
type ActorOf<R extends Route> = R['access'] extends 'public' ? Actor | null : R['access'] extends 'node' ? null : Actor;

type Asked<R extends Route> = {
  actor: ActorOf<R>;
  params: ParsedOf<R['params']>;
  query: ParsedOf<R['query']>;
  body: ParsedOf<R['body']>;
  from: From;
  setCookie: (cookie: string) => void;
  cookies: string | undefined;
  /** Answers with a redirect instead: for a browser that another site sent here. */
  redirect: (location: string) => void;
  /** Runs when the browser has the answer, and its cookies. */
  afterwards: (task: () => void) => void;
};

export type RouteHandlers<M extends Record<string, Route>> = {
  [K in keyof M]: (asked: Asked<M[K]>) => Promise<z.input<M[K]['reply']>>;
};

/** What is no JPEG by its own word is not read, and so is no body. */
const readPicture = express.raw({ type: 'image/jpeg', limit: mostBytes });

/** An answer that was sent has not yet been read. */
const settledMs = 200;

/** Mounts every route of the map. Unless a route says otherwise, somebody has to be logged in. */
export function mount<M extends Record<RouteKey, Route>>(router: Router, ctx: Context, routes: M, handlers: RouteHandlers<M>): void {
  for (const [key, route] of Object.entries(routes) as [keyof M & string, Route][]) {
    const [method, path] = key.split(' ') as [string, string];
    const handle = handlers[key] as (asked: Asked<Route>) => Promise<unknown>;
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    const before = [timed(ctx, key), ...(route.bytes === 'in' ? [readPicture] : [])];
    router[verb](path, ...before, async (req, res) => {
      const actor = await actorOf(ctx, route, req);
      const params = route.params ? parse(route.params, req.params) : undefined;
      const body = route.body ? parse(route.body, req.body) : undefined;
      const query = route.query ? parse(route.query, req.query) : undefined;
      const from = {
        address: req.ip ?? '',
        device: deviceOf(req.headers.cookie),
        secure: req.secure,
        browser: browserOf(req.headers['user-agent']),
        origin: `${req.protocol}://${req.host}`,
      };
      const setCookie = (cookie: string): unknown => res.append('set-cookie', cookie);
      const afterwards = (task: () => void): unknown => res.once('finish', () => setTimeout(task, settledMs));
      let location: string | null = null;
      const redirect = (to: string): void => {
        location = to;
      };
      const { cookie: cookies } = req.headers;
      const data = await actingBy(actor ?? { assignments: [] }, () =>
        handle({ actor: actor as never, params, query, body, from, setCookie, cookies, redirect, afterwards }),
      );
      if (location !== null) res.redirect(303, location);
      else if (route.bytes === 'out') res.type('image/jpeg').send(data);
      else res.json({ ok: true, data });
    });
  }
}

async function actorOf(ctx: Context, route: Route, req: Request): Promise<Actor | null> {
  if (route.access === 'node') return requireNode(ctx, req);
  const actor = await ctx.sessions.actorOf(req.headers.cookie);
  if (!actor && route.access !== 'public') throw new Refusal('unauthenticated', 'Log in first.');
  if (actor?.locked && route.access !== 'public' && !route.whileLocked) throw new Refusal('locked', 'Locked: show who you are first.');
  return actor;
}

function requireNode(ctx: Context, req: Request): null {
  const given = Buffer.from((req.headers.authorization ?? '').replace(/^Bearer /, ''));
  const expected = Buffer.from(ctx.env.SFU_NODE_TOKEN);
  if (given.length === expected.length && timingSafeEqual(given, expected)) return null;
  throw new Refusal('forbidden', 'The node token is wrong.');
}

const timed =
  (ctx: Context, route: string): RequestHandler =>
  (_req, res: Response, next) => {
    const end = ctx.metrics.httpSeconds.startTimer({ route });
    res.once('finish', () => end({ status: res.statusCode }));
    res.locals.route = route;
    next();
  };
