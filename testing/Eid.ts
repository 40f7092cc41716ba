/** A real OpenID provider with a staff and a resident tenant, known to a server under test; and a browser that goes through it. */
import type { Db } from '../drizzle/client.ts';
import { identityProviders } from '../drizzle/schema/index.ts';
import type { EidPerson, TenantName } from '../eid/person.ts';
import { issuerOf, startEid } from '../eid/startEid.ts';
import { demoEidClient, demoEidSecret, demoProviderIds, demoProviders } from '../server/demo/eid.ts';
import { testSecret } from './care.ts';
import { freePorts } from './ports.ts';
import type { Caller } from './TestApp.ts';

export class Eid implements AsyncDisposable {
  readonly providerIds = demoProviderIds;
  readonly #stop: () => Promise<void>;
  readonly #port: number;
  /** Cookies of the provider, as the last browser that went there keeps them. */
  #jar = new Map<string, string>();

  private constructor(port: number, stop: () => Promise<void>) {
    this.#port = port;
    this.#stop = stop;
  }

  /** @param address - of the server, as its browsers address it. */
  static async start(db: Db, address: string): Promise<Eid> {
    const port = await freePorts(1);
    for (const row of demoProviders(testSecret, port))
      await db.insert(identityProviders).values(row).onConflictDoUpdate({ target: identityProviders.id, set: row });
    const { stop } = await startEid({
      port,
      address,
      clientId: demoEidClient,
      clientSecret: demoEidSecret(testSecret),
      providerIds: demoProviderIds,
      offered: { staff: [], resident: [] },
    });
    return new Eid(port, stop);
  }

  /** Begins at the server, shows who one is at the provider. @returns the path that the provider sends the browser back to. */
  async comeBack(caller: Caller, tenant: TenantName, person: Partial<EidPerson> & { id: string }, purpose = 'login'): Promise<string> {
    const begun = await caller.post(`/api/login/providers/${this.providerIds[tenant]}`, { purpose });
    if (!begun.ok) throw new Error(`no login begun: ${begun.code}`);
    const jar = new Map<string, string>();
    this.#jar = jar;
    const choose = await follow((begun.data as { url: string }).url, jar);
    const form = new URLSearchParams({ level: 'urn:samrum:demo:loa3', assignment: '', ...person });
    const back = await follow(choose, jar, { method: 'POST', body: form });
    const { pathname, search } = new URL(back);
    return pathname + search;
  }

  /** The whole way. @returns where the server sends the browser in the end. */
  async logIn(caller: Caller, tenant: TenantName, person: Partial<EidPerson> & { id: string }, purpose = 'login'): Promise<string> {
    const response = await caller.send(await this.comeBack(caller, tenant, person, purpose), { redirect: 'manual' });
    return response.headers.get('location') ?? '';
  }

  /** The person logs out at the provider, in the browser that went there last; the provider tells whoever they went on to. */
  async logOutThere(tenant: TenantName): Promise<void> {
    const end = `${issuerOf(this.#port, tenant)}/session/end`;
    const page = await (await fetch(end, { headers: { cookie: cookieOf(this.#jar) } })).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    await follow(`${end}/confirm`, this.#jar, { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop();
  }
}

const cookieOf = (jar: Map<string, string>): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');

/** Follows redirects with cookies until a page comes, or the way leads back to the server under test. @returns that address. */
async function follow(start: string, jar: Map<string, string>, init: RequestInit = {}): Promise<string> {
  let [url, asked] = [start, init];
  for (let step = 0; step < 12; step++) {
    const response = await fetch(url, { ...asked, redirect: 'manual', headers: { cookie: cookieOf(jar) } });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const to = response.headers.get('location');
    if (!to) return url;
    const next = new URL(to, url);
    if (next.pathname.startsWith('/api/login/callback')) return next.href;
    [url, asked] = [next.href, {}];
  }
  throw new Error('the provider sent the browser in circles');
}
