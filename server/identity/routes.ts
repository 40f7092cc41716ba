import { type Router, urlencoded } from 'express';
import { identityRoutes } from '../../contract/identity.ts';
import { policyRoutes } from '../../contract/policy.ts';
import type { Context } from '../context.ts';
import { mount } from '../http/mount.ts';
import { newDevice } from './device.ts';
import { enterAsGuest, unitOfReference } from './guest.ts';
import { chooseAssignment, endOtherSessions, endSession, type From, logIn, logOut, ownSessions } from './login.ts';
import { meOf } from './me.ts';
import { loggedOutThere } from './oidc/backChannel.ts';
import { beginLogin, finishLogin, logoutUrl } from './oidc/login.ts';
import { addProvider, changeProvider, listProviders, offeredProviders, tryProvider } from './oidc/providers.ts';
import { changePolicy, readPolicy } from './policy.ts';
import { choosePin, lock, requireProof, touch, unlock } from './proof.ts';
import { peopleOnDevice, switchTo } from './sharedDevice.ts';
import { beginTotp, confirmTotp, endTotp, renewRecoveryCodes } from './totp.ts';

export function mountIdentity(router: Router, ctx: Context): void {
  router.use('/api/login/providers', urlencoded({ extended: false, limit: '32kb' })); // as the specification has it
  mount(router, ctx, identityRoutes, {
    'GET /api/about': async () => ({ demo: ctx.env.DEMO === '1' }),
    'GET /api/me': async ({ actor }) => actor && meOf(ctx, ctx.db, actor),
    'POST /api/login': async ({ body, from, setCookie }) => {
      const { me, cookie } = await logIn(ctx, body, withDevice(from, setCookie), new Date());
      setCookie(cookie);
      return me;
    },
    'GET /api/login/providers': () => offeredProviders(ctx),
    'POST /api/login/providers/:providerId': async ({ actor, params, body, from, setCookie }) => {
      const { url, cookie } = await beginLogin(ctx, actor, params.providerId, body, withDevice(from, setCookie), new Date());
      setCookie(cookie);
      return { url };
    },
    'GET /api/login/callback': async ({ query, cookies, from, setCookie, redirect }) => {
      const { location, cookies: set } = await finishLogin(ctx, query, cookies, from, new Date());
      for (const cookie of set) setCookie(cookie);
      redirect(location);
      return null;
    },
    'POST /api/login/providers/:providerId/logged-out': async ({ params, body }) => {
      await loggedOutThere(ctx, params.providerId, body.logout_token);
      return null;
    },
    'POST /api/guest': async ({ body, from, setCookie }) => {
      const origin = withDevice(from, setCookie);
      const { me, visitId, cookie } = await enterAsGuest(ctx, body.reference, body.code, origin, new Date());
      setCookie(cookie);
      return { visitId, me };
    },
    'GET /api/unit-phone/:reference': ({ params }) => unitOfReference(ctx, params.reference),
    'POST /api/assignment': ({ actor, body }) => chooseAssignment(ctx, actor, body.assignmentId, body.country),
    'GET /api/sessions': ({ actor }) => ownSessions(ctx, actor),
    'POST /api/sessions/:key/end': ({ actor, params }) => endSession(ctx, actor, params.key),
    'POST /api/sessions/end-others': ({ actor }) => endOtherSessions(ctx, actor),
    'POST /api/session/touch': async ({ actor }) => {
      await touch(ctx, actor, new Date());
      return null;
    },
    'POST /api/session/lock': async ({ actor }) => {
      await lock(ctx, actor, new Date());
      return null;
    },
    'POST /api/session/unlock': ({ actor, body, from }) => unlock(ctx, actor, body, from, new Date()),
    'GET /api/device/people': ({ actor, from }) => peopleOnDevice(ctx, actor, from.device),
    'POST /api/device/switch': async ({ actor, body, from, setCookie, afterwards }) => {
      const { me, cookie } = await switchTo(ctx, actor, body, from, new Date());
      setCookie(cookie);
      if (actor) afterwards(() => ctx.hub.sessionEnded(actor.sessionId)); // its connections come again, as the other's
      return me;
    },
    'PUT /api/my/pin': ({ actor, body }) => choosePin(ctx, actor, body.pin, new Date()),
    'POST /api/my/totp': ({ actor }) => {
      requireProof(actor, new Date());
      return beginTotp(ctx, actor);
    },
    'POST /api/my/totp/confirm': ({ actor, body }) => confirmTotp(ctx, actor, body.oneTimeCode, new Date()),
    'POST /api/my/totp/recovery': ({ actor }) => {
      requireProof(actor, new Date());
      return renewRecoveryCodes(ctx, actor);
    },
    'POST /api/my/totp/end': async ({ actor }) => {
      requireProof(actor, new Date());
      await endTotp(ctx, actor);
      return null;
    },
    'POST /api/logout': async ({ actor, from, setCookie }) => {
      const url = await logoutUrl(ctx, actor, from);
      setCookie(await logOut(ctx, actor, from.secure));
      return { url };
    },
  });
  mount(router, ctx, policyRoutes, {
    'GET /api/policy': async ({ actor }) => readPolicy(ctx, actor),
    'PUT /api/policy': ({ actor, body }) => changePolicy(ctx, actor, body),
    'GET /api/providers': ({ actor }) => listProviders(ctx, actor),
    'POST /api/providers': ({ actor, body }) => addProvider(ctx, actor, body),
    'PUT /api/providers/:providerId': ({ actor, params, body }) => changeProvider(ctx, actor, params.providerId, body),
    'POST /api/providers/:providerId/try': async ({ actor, params }) => {
      await tryProvider(ctx, actor, params.providerId);
      return null;
    },
  });
}

/** A browser that has not been here before gets a number of its own. */
function withDevice(from: From, setCookie: (cookie: string) => void): From {
  if (from.device !== null) return from;
  const { device, cookie } = newDevice(from.secure);
  setCookie(cookie);
  return { ...from, device };
}
