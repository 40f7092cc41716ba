/** A summons, or an invitation, on paper: for whom it goes to by letter. */
import { eq } from 'drizzle-orm';
import type { Language } from '../../contract/language.ts';
import { isPrincipal } from '../../contract/planKinds.ts';
import type { SummonsText } from '../../contract/planParties.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { directoryUnits, relatives, units } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { pdfOf } from '../notifications/letterPdf.ts';
import { careZone } from '../scheduling/careZone.ts';
import { pdfWords } from './pdfWords.ts';
import { mayCoordinate, partyOf, planFor } from './plan.ts';
import type { PartyRow } from './sharing.ts';

/** Those close are written to in their own language, others in that of the authorities. */
const ofPrincipals = 'sv';

/** @throws {Refusal} `forbidden` but to the unit that coordinates; `conflict` if nothing was sent. */
export async function pdfOfSummons(ctx: Context, actor: Actor, planId: string, partyId: string, now: Date): Promise<{ pdf: string }> {
  const letter = await ctx.db.transaction(async (tx) => {
    const { plan, patient, parties, viewer } = await planFor(tx, actor, planId, now);
    const party = partyOf(parties, partyId);
    if (!mayCoordinate(viewer)) throw new Refusal('forbidden', 'This is the coordinator’s to do.');
    if (!party.summons || !party.sentAt) throw new Refusal('conflict', 'They have not been summoned.', 'partyId');
    const { unitId, patientId } = plan;
    await writeAudit(tx, { actorId: actor.userId, action: 'plan.printSummons', subjectId: partyId, unitId, patientId });
    const [unit] = await tx.select({ name: units.name, phone: units.phone }).from(units).where(eq(units.id, unitId));
    const duty = isPrincipal(party.kind);
    const language = await languageOf(tx, party);
    const t = pdfWords(language);
    const day = (at: string | Date): string =>
      new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: careZone }).format(new Date(at));
    const text = JSON.parse(party.summons) as SummonsText;
    const said = (['purpose', 'longTermGoal', 'questions', 'contribution'] as const).filter((part) => text[part]);
    const body = [
      t(duty ? 'summons.duty' : 'summons.invited', { name: patient.name, year: patient.birthDate.slice(0, 4) }),
      ...said.map((part) => `${t(`summons.${part}`)}:\n${text[part]}`),
      t('summons.answerBy', { date: day(text.answerBy), unit: unit?.name ?? '', phone: unit?.phone ?? '' }),
      ...(duty ? [t('summons.wrongUnit')] : []),
    ].join('\n\n');
    return {
      ...{ unit: unit?.name ?? null, phone: unit?.phone ?? '', recipient: party.name, address: await addressOf(tx, party) },
      ...{ date: day(party.sentAt), subject: t(duty ? 'summons.title' : 'summons.invitation'), body, language },
    };
  });
  return { pdf: (await pdfOf([letter], now)).toString('base64') };
}

/** Where a unit has its letters; of others it is written by hand. */
async function addressOf(tx: Db | Tx, { directoryId }: PartyRow): Promise<string> {
  if (directoryId === null) return '';
  const [row] = await tx.select({ address: directoryUnits.address }).from(directoryUnits).where(eq(directoryUnits.id, directoryId));
  return row?.address ?? '';
}

async function languageOf(tx: Db | Tx, { relativeId }: PartyRow): Promise<Language> {
  if (relativeId === null) return ofPrincipals;
  const [row] = await tx.select({ language: relatives.language }).from(relatives).where(eq(relatives.id, relativeId));
  return row?.language ?? ofPrincipals;
}
