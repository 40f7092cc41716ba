/** Where people log in by e-ID: what is configured, and what the provider says of itself. */
import { and, asc, eq } from 'drizzle-orm';
import { allowInsecureRequests, type Configuration, discovery, enableNonRepudiationChecks } from 'openid-client';
import type { z } from 'zod';
import type { ProviderView, policyRoutes } from '../../../contract/policy.ts';
import { Refusal, require_ } from '../../../contract/refusal.ts';
import { identityProviders } from '../../../drizzle/schema/index.ts';
import { writeAudit } from '../../access/audit.ts';
import type { Context } from '../../context.ts';
import { overtaken } from '../../people/overtaken.ts';
import { may } from '../../policies.ts';
import type { Actor } from '../sessions.ts';

export type ProviderRow = typeof identityProviders.$inferSelect;

const viewOf = ({ clientSecret, ...row }: ProviderRow): ProviderView => ({ ...row, hasSecret: clientSecret !== '' });

export async function offeredProviders(ctx: Context): Promise<Pick<ProviderRow, 'id' | 'name' | 'audience'>[]> {
  return ctx.db
    .select({ id: identityProviders.id, name: identityProviders.name, audience: identityProviders.audience })
    .from(identityProviders)
    .where(eq(identityProviders.enabled, true))
    .orderBy(asc(identityProviders.name));
}

/** @throws {Refusal} `not_found` for none, and for one that is not in use. */
export async function providerOf(ctx: Context, id: string): Promise<ProviderRow> {
  const [row] = await ctx.db
    .select()
    .from(identityProviders)
    .where(and(eq(identityProviders.id, id), eq(identityProviders.enabled, true)));
  if (!row) throw new Refusal('not_found', 'There is no such provider.');
  return row;
}

const knownMs = 10 * 60_000;
const known = new Map<string, { until: number; configuration: Promise<Configuration> }>();

/** What the provider says of itself (OpenID Connect Discovery 1.0), remembered for a while. */
export async function configurationOf(provider: ProviderRow): Promise<Configuration> {
  const key = `${provider.id} ${provider.version} ${provider.issuer}`;
  const present = known.get(key);
  if (present && present.until > Date.now()) return present.configuration;
  const { issuer, clientId, clientSecret } = provider;
  const here = issuer.startsWith('http:'); // on this machine alone: the schema lets no other through
  const configuration = discovery(new URL(issuer), clientId, clientSecret || undefined, undefined, {
    timeout: 10,
    execute: [enableNonRepudiationChecks, ...(here ? [allowInsecureRequests] : [])],
  });
  known.set(key, { until: Date.now() + knownMs, configuration });
  configuration.catch(() => known.delete(key));
  return configuration;
}

const administers = (actor: Actor): void => require_(may(actor, 'policy.administer', null));

export async function listProviders(ctx: Context, actor: Actor): Promise<ProviderView[]> {
  administers(actor);
  return (await ctx.db.select().from(identityProviders).orderBy(asc(identityProviders.name))).map(viewOf);
}

type Body = z.output<(typeof policyRoutes)['POST /api/providers']['body']>;

export async function addProvider(ctx: Context, actor: Actor, { secret, ...body }: Body): Promise<{ id: string }> {
  administers(actor);
  return ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .insert(identityProviders)
      .values({ ...body, clientSecret: secret ?? '' })
      .returning({ id: identityProviders.id });
    if (!row) throw new Error('the provider was not made');
    await writeAudit(tx, { actorId: actor.userId, action: 'provider.add', subjectId: row.id });
    return row;
  });
}

export async function changeProvider(
  ctx: Context,
  actor: Actor,
  id: string,
  { secret, basedOn, ...body }: Body & { basedOn: number },
): Promise<ProviderView> {
  administers(actor);
  return ctx.db.transaction(async (tx) => {
    const [row] = await tx
      .update(identityProviders)
      .set({ ...body, ...(secret === null ? {} : { clientSecret: secret }), version: basedOn + 1 })
      .where(and(eq(identityProviders.id, id), eq(identityProviders.version, basedOn)))
      .returning();
    if (!row) throw overtaken();
    await writeAudit(tx, { actorId: actor.userId, action: 'provider.change', subjectId: id });
    return viewOf(row);
  });
}

/** @throws {Refusal} `invalid`, naming `issuer`, if nobody answers there as that issuer. */
export async function tryProvider(ctx: Context, actor: Actor, id: string): Promise<void> {
  administers(actor);
  const [row] = await ctx.db.select().from(identityProviders).where(eq(identityProviders.id, id));
  if (!row) throw new Refusal('not_found', 'There is no such provider.');
  await configurationOf(row).catch(() => {
    throw new Refusal('invalid', 'issuer: nobody answers there as that issuer', 'issuer');
  });
}
