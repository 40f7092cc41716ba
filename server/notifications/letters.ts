/** Letters wait until somebody prints them. */
import { and, asc, eq, inArray, isNull, type SQL } from 'drizzle-orm';
import type { WaitingLetter } from '../../contract/letters.ts';
import { Refusal, require_ } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import { messages, patients, units, visits } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { careUnitsOf } from '../policies.ts';
import { careZone } from '../scheduling/careZone.ts';
import { dayIn, type Purpose } from './compose.ts';
import { pdfOf } from './letterPdf.ts';

const waiting = and(eq(messages.channel, 'letter'), isNull(messages.sentAt));

/** Of the actor's care units. */
const lettersAt = (tx: Tx, actor: Actor, wanted: SQL | undefined) =>
  tx
    .select({ message: messages, visit: visits, unit: units, patient: patients })
    .from(messages)
    .innerJoin(visits, eq(visits.id, messages.visitId))
    .innerJoin(units, eq(units.id, visits.unitId))
    .innerJoin(patients, eq(patients.id, visits.patientId))
    .where(and(eq(messages.channel, 'letter'), inArray(visits.unitId, careUnitsOf(actor)), wanted))
    .orderBy(asc(visits.startsAt), asc(messages.filedAt));

type Row = Awaited<ReturnType<typeof lettersAt>>[number];

/** A relative's address is not kept. */
const addressOf = ({ message, patient }: Row): string => (message.personId === patient.userId ? (patient.address ?? '') : '');

export async function waitingLetters(ctx: Context, actor: Actor): Promise<WaitingLetter[]> {
  require_(careUnitsOf(actor).length > 0);
  return ctx.db.transaction(async (tx) => {
    const rows = await lettersAt(tx, actor, waiting);
    if (rows.length > 0)
      await writeAudit(tx, {
        actorId: actor.userId,
        action: 'letters.list',
        unitId: rows[0]?.unit.id ?? null,
        detail: { listed: rows.length },
      });
    return rows.map((row) => ({
      id: row.message.id,
      visitId: row.visit.id,
      unitId: row.unit.id,
      unitName: row.unit.name,
      recipient: row.message.recipient,
      purpose: row.message.purpose,
      startsAt: row.visit.startsAt.toISOString(),
      addressed: addressOf(row) !== '',
    }));
  });
}

/** @throws {Refusal} `not_found`, naming `ids`, where one of them is replaced by a newer one, or out of reach. */
async function chosen(tx: Tx, actor: Actor, ids: string[]): Promise<Row[]> {
  const rows = await lettersAt(tx, actor, inArray(messages.id, ids));
  if (rows.length !== new Set(ids).size) throw new Refusal('not_found', 'ids: one of them is there no more', 'ids');
  return rows;
}

export async function lettersAsPdf(ctx: Context, actor: Actor, ids: string[], now: Date): Promise<{ pdf: string }> {
  require_(careUnitsOf(actor).length > 0);
  return ctx.db.transaction(async (tx) => {
    const rows = await chosen(tx, actor, ids);
    for (const { message, visit } of rows)
      await writeAudit(tx, {
        actorId: actor.userId,
        action: 'letter.read',
        subjectId: message.id,
        visitId: visit.id,
        unitId: visit.unitId,
      });
    const letters = rows.map((row) => ({
      unit: row.unit.discreet ? null : row.unit.name,
      phone: row.unit.phone,
      recipient: row.message.recipient,
      address: addressOf(row),
      date: dayIn(now, row.patient.language, careZone),
      subject: row.message.subject,
      body: row.message.body,
      language: row.patient.language,
    }));
    return { pdf: (await pdfOf(letters, now)).toString('base64') };
  });
}

/** What is printed already stays so: twice is once. */
export async function markPrinted(ctx: Context, actor: Actor, ids: string[], now: Date): Promise<void> {
  require_(careUnitsOf(actor).length > 0);
  await ctx.db.transaction(async (tx) => {
    for (const { message, visit } of await chosen(tx, actor, ids)) {
      if (message.sentAt) continue;
      await tx.update(messages).set({ sentAt: now }).where(eq(messages.id, message.id));
      await writeAudit(tx, {
        actorId: actor.userId,
        action: 'letter.printed',
        subjectId: message.id,
        visitId: visit.id,
        unitId: visit.unitId,
      });
    }
  });
}

/**
 * A letter that nobody has printed yet is replaced by the newer one. What is near is not reminded of by letter.
 *
 * @returns what the newer one is then: to somebody who has not heard of the visit it invites, and if it is called off there is none.
 */
export async function purposeOfLetter(tx: Tx, visitId: string, personId: string, purpose: Purpose): Promise<Purpose | null> {
  if (purpose === 'reminder' || purpose === 'late' || purpose === 'turn' || purpose === 'saying') return null;
  const replaced = await tx
    .delete(messages)
    .where(and(eq(messages.visitId, visitId), eq(messages.personId, personId), waiting))
    .returning({ purpose: messages.purpose });
  if (!replaced.some((one) => one.purpose === 'invitation')) return purpose;
  return purpose === 'cancellation' ? null : 'invitation';
}
