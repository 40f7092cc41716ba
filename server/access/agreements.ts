/** Who gives care to whose people. A booking with somebody whom no agreement covers is warned of, not refused. */
import { aliasedTable, and, asc, eq, inArray, or, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import type { AgreementView, accessRoutes } from '../../contract/access.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { agreements, organisations } from '../../drizzle/schema/index.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { overtaken } from '../people/overtaken.ts';
import { administeredBy, may } from '../policies.ts';
import { writeAudit } from './audit.ts';

type Body = z.output<(typeof accessRoutes)['POST /api/agreements']['body']>;

async function views(tx: Db | Tx, which: ReturnType<typeof eq> | undefined): Promise<AgreementView[]> {
  const giver = aliasedTable(organisations, 'giver');
  const rows = await tx
    .select({ agreement: agreements, organisationName: organisations.name, giverName: giver.name })
    .from(agreements)
    .innerJoin(organisations, eq(organisations.id, agreements.organisationId))
    .innerJoin(giver, eq(giver.id, agreements.giverId))
    .where(which)
    .orderBy(asc(organisations.name), asc(giver.name), asc(agreements.from));
  return rows.map(({ agreement, ...names }) => ({ ...agreement, ...names }));
}

export async function agreementsOf(ctx: Context, actor: Actor) {
  const mine = administeredBy(actor);
  require_(mine === null || mine.length > 0);
  const all = await ctx.db.select({ id: organisations.id, name: organisations.name }).from(organisations).orderBy(asc(organisations.name));
  const which = mine === null ? undefined : or(inArray(agreements.organisationId, mine), inArray(agreements.giverId, mine));
  return {
    agreements: await views(ctx.db, which),
    organisations: all.map((one) => ({ ...one, mine: mine === null || mine.includes(one.id) })),
  };
}

/** @throws {Refusal} `not_found` unless the actor administers one of the two; `invalid`, naming the field. */
function checked(actor: Actor, { organisationId, giverId, from, until }: Body): void {
  if (![organisationId, giverId].some((id) => may(actor, 'unit.administer', { organisationId: id })))
    throw new Refusal('not_found', 'There is no such organisation.', 'organisationId');
  if (organisationId === giverId) throw new Refusal('invalid', 'giverId: is the same organisation', 'giverId');
  if (until !== null && until < from) throw new Refusal('invalid', 'until: is before it begins', 'until');
}

async function requireKnown(tx: Tx, { organisationId, giverId }: Body): Promise<void> {
  const known = await tx
    .select()
    .from(organisations)
    .where(inArray(organisations.id, [organisationId, giverId]));
  if (known.length < 2) throw new Refusal('invalid', 'giverId: there is no such organisation', 'giverId');
}

export async function addAgreement(ctx: Context, actor: Actor, body: Body): Promise<AgreementView> {
  checked(actor, body);
  return ctx.db.transaction(async (tx) => {
    await requireKnown(tx, body);
    const [row] = await tx.insert(agreements).values(body).onConflictDoNothing().returning({ id: agreements.id });
    if (!row) throw new Refusal('invalid', 'from: there is one from that day already', 'from');
    await writeAudit(tx, { actorId: actor.userId, action: 'agreement.add', subjectId: row.id });
    return one(tx, row.id);
  });
}

export async function changeAgreement(
  ctx: Context,
  actor: Actor,
  id: string,
  { basedOn, ...body }: Body & { basedOn: number },
): Promise<AgreementView> {
  checked(actor, body);
  return ctx.db.transaction(async (tx) => {
    const [known] = await tx.select().from(agreements).where(eq(agreements.id, id)).for('update');
    if (!known) throw new Refusal('not_found', 'There is no such agreement.');
    checked(actor, { ...known });
    if (known.version !== basedOn) throw overtaken();
    await requireKnown(tx, body);
    await tx
      .update(agreements)
      .set({ ...body, version: basedOn + 1 })
      .where(and(eq(agreements.id, id), eq(agreements.version, basedOn)));
    await writeAudit(tx, { actorId: actor.userId, action: 'agreement.change', subjectId: id });
    return one(tx, id);
  });
}

async function one(tx: Tx, id: string): Promise<AgreementView> {
  const [view] = await views(tx, eq(agreements.id, id));
  if (!view) throw new Error('the agreement vanished');
  return view;
}

/** SQL: whether an agreement that holds today lets `giver` work with the people of one of these organisations. */
export const coveredBy = (organisationIds: string[], giver: AnyPgColumn, today: string) =>
  organisationIds.length === 0
    ? sql<boolean>`false`
    : sql<boolean>`(${inArray(giver, organisationIds)} or exists (select 1 from ${agreements} where ${inArray(agreements.organisationId, organisationIds)} and ${agreements.giverId} = ${giver} and ${agreements.from} <= ${today} and (${agreements.until} is null or ${agreements.until} >= ${today})))`;
