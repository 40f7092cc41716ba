import type { Router } from 'express';
import { identityRoutes } from '../../contract/identity.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { enterAsGuest, logIn, logOut, meOfActor } from './login.ts';

export function mountIdentity(router: Router, ctx: Context): void {
  mount(router, ctx, identityRoutes, {
    'GET /api/me': async ({ actor }) => actor && meOfActor(actor),
    'POST /api/login': async ({ body, from, setCookie }) => {
      const { me, cookie } = await logIn(ctx, body.username, body.password, from);
      setCookie(cookie);
      return me;
    },
    'POST /api/guest': async ({ body, from, setCookie }) => {
      const { me, visitId, cookie } = await enterAsGuest(ctx, body.reference, body.code, from, new Date());
      setCookie(cookie);
      return { visitId, me };
    },
    'POST /api/logout': async ({ actor, from, setCookie }) => {
      setCookie(await logOut(ctx, actor, from.secure));
      return null;
    },
  });
}
