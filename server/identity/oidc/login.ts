/** Login by e-ID: authorization code with PKCE (OpenID Connect Core 1.0, RFC 7636, RFC 9207). */
import { createHash, randomBytes } from 'node:crypto';
import { and, eq, lt } from 'drizzle-orm';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { Me } from '../../../contract/identity.ts';
import { Refusal } from '../../../contract/refusal.ts';
import { loginsUnderWay } from '../../../drizzle/schema/index.ts';
import { writeAudit } from '../../access/audit.ts';
import type { Context } from '../../context.ts';
import { beginSession, chooseAssignment, type From } from '../login.ts';
import { opened } from '../proof.ts';
import type { Actor } from '../sessions.ts';
import { LoginRefused, refusedFor } from './LoginRefused.ts';
import { type Claims, levelOf, personOf, whoIs } from './person.ts';
import { configurationOf, type ProviderRow, providerOf } from './providers.ts';

const underWayMs = 10 * 60_000;
const cookieName = 'samrum_login';
const callbackPath = '/api/login/callback';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

type Purpose = 'login' | 'unlock';
type Begun = { url: string; cookie: string };

/** @returns where the browser goes, and what it carries meanwhile, so that nobody else can finish its login. */
export async function beginLogin(
  ctx: Context,
  actor: Actor | null,
  providerId: string,
  { purpose, returnTo }: { purpose: Purpose; returnTo?: string | undefined },
  from: From,
  now: Date,
): Promise<Begun> {
  const provider = await providerOf(ctx, providerId);
  if (purpose === 'unlock' && !actor) throw new Refusal('unauthenticated', 'Log in first.');
  const configuration = await configurationOf(provider).catch((error: unknown) => {
    ctx.log.warn({ providerId, reason: refusedFor(error).reason }, 'a provider could not be reached');
    throw new Refusal('conflict', 'The provider cannot be reached just now.', 'provider');
  });
  const [state, nonce, verifier, browser] = [randomState(), randomNonce(), randomPKCECodeVerifier(), randomBytes(24).toString('base64url')];
  await ctx.db.delete(loginsUnderWay).where(lt(loginsUnderWay.expiresAt, now));
  await ctx.db.insert(loginsUnderWay).values({
    stateHash: hashOf(state),
    browserHash: hashOf(browser),
    providerId,
    purpose,
    sessionId: purpose === 'unlock' ? (actor?.sessionId ?? null) : null,
    nonce,
    verifier,
    returnTo: isOwnPath(returnTo) ? returnTo : null,
    expiresAt: new Date(now.getTime() + underWayMs),
  });
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: `${from.origin}${callbackPath}`,
    scope: provider.scope,
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    acr_values: Object.keys(provider.levels).join(' '), // those that are known here; whether one is enough is judged after
    prompt: 'login', // a shared device: nobody slips in by the login of the one before
    max_age: '0',
  });
  return { url: url.href, cookie: cookieOf(browser, from.secure) };
}

const cookieOf = (browser: string, secure: boolean): string =>
  `${cookieName}=${browser}; Path=/api/login; Max-Age=${underWayMs / 1000}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;

const isOwnPath = (path: string | undefined): path is string => path !== undefined && /^\/(?!\/)[\w/?=&%.-]*$/.test(path);

export type Finished = { location: string; cookies: string[] };

/** The browser is back. Whatever is wrong leads to the first page with a reason and a support code; neither says whose. */
export async function finishLogin(
  ctx: Context,
  query: Record<string, string>,
  cookieHeader: string | undefined,
  from: From,
  now: Date,
): Promise<Finished> {
  const forget = `${cookieName}=; Path=/api/login; Max-Age=0; HttpOnly; SameSite=Lax`;
  const underWay = await takeUnderWay(ctx, query, cookieHeader);
  try {
    if (!underWay || underWay.expiresAt < now) throw new LoginRefused('expired', 'no such login under way');
    const { location, cookie } = await finish(ctx, underWay, query, from, now);
    return { location, cookies: cookie === null ? [forget] : [forget, cookie] };
  } catch (error) {
    const { reason, detail } = refusedFor(error);
    const support = randomBytes(4).toString('hex').toUpperCase();
    ctx.log.warn({ support, reason, detail }, 'a login by e-ID was refused');
    await writeAudit(ctx.db, { actorId: null, action: 'login.refused', detail: { reason, support } });
    const back = (underWay?.purpose === 'unlock' && underWay.returnTo) || '/';
    return { location: `${back}${back.includes('?') ? '&' : '?'}refused=${reason}&support=${support}`, cookies: [forget] };
  }
}

/** The login that this browser began. It can be taken once. */
async function takeUnderWay(ctx: Context, query: Record<string, string>, cookieHeader: string | undefined): Promise<UnderWay | undefined> {
  const browser = new RegExp(`(?:^|;\\s*)${cookieName}=([\\w-]+)`).exec(cookieHeader ?? '')?.[1] ?? '';
  const [underWay] = await ctx.db
    .delete(loginsUnderWay)
    .where(and(eq(loginsUnderWay.stateHash, hashOf(query.state ?? '')), eq(loginsUnderWay.browserHash, hashOf(browser))))
    .returning();
  return underWay;
}

async function finish(
  ctx: Context,
  underWay: UnderWay,
  query: Record<string, string>,
  from: From,
  now: Date,
): Promise<{ location: string; cookie: string | null }> {
  const provider = await providerOf(ctx, underWay.providerId);
  const claims = await claimsFrom(provider, query, underWay, from);
  const level = levelOf(provider, claims);
  const person = personOf(provider, claims);
  const { userId, assignmentId } = await whoIs(ctx, provider, person, claims);
  if (underWay.purpose === 'unlock') {
    const session = underWay.sessionId === null ? null : await ctx.sessions.byId(ctx.db, underWay.sessionId);
    if (!session || session.userId !== userId) throw new LoginRefused('otherPerson');
    if (level < session.level) throw new LoginRefused('level', 'lower than the session');
    await ctx.db.transaction((tx) => opened(ctx, tx, { userId, sessionId: session.id }, true, now));
    return { location: underWay.returnTo ?? '/', cookie: null };
  }
  const sid = typeof claims.sid === 'string' ? claims.sid : null;
  const begun = await beginSession(ctx, userId, from, { level, providerId: provider.id, providerSid: sid }, now);
  await chooseIfSaid(ctx, begun, assignmentId);
  return { location: underWay.returnTo ?? '/', cookie: begun.cookie };
}

/** The provider lets staff choose among their commissions: then it is not asked again here, unless a country is to be said. */
async function chooseIfSaid(ctx: Context, { me, sessionId }: { me: Me; sessionId: string }, assignmentId: string | null): Promise<void> {
  const said = me.choices.find(({ id }) => id === assignmentId);
  if (!said || said.declares || said.barred) return;
  const actor = await ctx.sessions.actorIn(ctx.db, sessionId);
  if (actor) await chooseAssignment(ctx, actor, said.id, null);
}

type UnderWay = typeof loginsUnderWay.$inferSelect;

/** Checks everything that the specifications demand of the answer and of the token, and gathers what is said of the person. */
async function claimsFrom(provider: ProviderRow, query: Record<string, string>, underWay: UnderWay, { origin }: From): Promise<Claims> {
  const configuration = await configurationOf(provider);
  const url = new URL(callbackPath, origin);
  url.search = new URLSearchParams(query).toString();
  const tokens = await authorizationCodeGrant(configuration, url, {
    pkceCodeVerifier: underWay.verifier,
    expectedState: query.state ?? '',
    expectedNonce: underWay.nonce,
    maxAge: underWayMs / 1000,
    idTokenExpected: true,
  });
  const said = tokens.claims();
  if (!said) throw new LoginRefused('invalid', 'no id token');
  const more = configuration.serverMetadata().userinfo_endpoint ? await fetchUserInfo(configuration, tokens.access_token, said.sub) : {};
  return { ...more, ...said };
}

/** Where the browser goes to end the provider's session too (OpenID Connect RP-Initiated Logout 1.0); null for a local login. */
export async function logoutUrl(ctx: Context, actor: Actor | null, from: From): Promise<string | null> {
  const session = actor ? await ctx.sessions.byId(ctx.db, actor.sessionId) : null;
  if (!session?.providerId) return null;
  try {
    const configuration = await configurationOf(await providerOf(ctx, session.providerId));
    if (!configuration.serverMetadata().end_session_endpoint) return null;
    // without the id token as a hint: a token has no place in an address; the client's own name is enough
    return buildEndSessionUrl(configuration, { post_logout_redirect_uri: `${from.origin}/` }).href;
  } catch (error) {
    ctx.log.warn({ providerId: session.providerId, reason: refusedFor(error).reason }, 'a provider could not be reached at logout');
    return null; // our own session ends all the same
  }
}
