/** What the home keeps of a round: each resident with what was decided, by whom, and who does what by when. In Swedish, as notes are. */
import type { RoundItem } from '../../contract/rounds.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { makePdf, margin, mm } from '../pdf.ts';
import { careZone } from '../scheduling/careZone.ts';
import { readRound } from './view.ts';

const width = 160 * mm;
const words = {
  title: 'Rond',
  with: 'Läkare',
  synthetic: 'Demo: påhittade personer',
  born: 'född',
  none: 'Inget beslut ännu',
  outcome: 'Bedömning och beslut',
  instructions: 'Instruktioner',
  followUp: 'Uppföljning',
  readBack: 'Återläst av',
  signed: 'Signerat av',
  unsigned: 'Inte signerat',
  as: { decided: 'Beslutat', deferred: 'Uppskjuten', needs_physical: 'Behöver fysiskt besök', needs_acute: 'Behöver akut vård' },
} as const;

const time = (at: string): string =>
  new Intl.DateTimeFormat('sv', { dateStyle: 'long', timeStyle: 'short', timeZone: careZone }).format(new Date(at));

/** @throws {Refusal} `not_found`. */
export async function summaryOf(ctx: Context, actor: Actor, roundId: string, now: Date): Promise<{ pdf: string }> {
  const round = await readRound(ctx, actor, roundId, now);
  await writeAudit(ctx.db, { actorId: actor.userId, action: 'round.summary', subjectId: roundId, unitId: round.unit.id });
  const pdf = await makePdf('sv', now, (document) => {
    document.addPage();
    document.font('strong').fontSize(18).text(`${words.title}, ${round.unit.name}`, margin, margin, { width });
    document
      .font('text')
      .fontSize(11)
      .text(`${time(round.startsAt)} · ${words.with}: ${round.doctor.name ?? round.doctor.place}`);
    if (round.synthetic) document.text(words.synthetic);
    for (const [index, item] of round.items.entries()) draw(document, item, index + 1);
  });
  return { pdf: pdf.toString('base64') };
}

function draw(document: PDFKit.PDFDocument, { patient, decision, signed, readBack }: RoundItem, nr: number): void {
  document.moveDown();
  document.font('strong').fontSize(13).text(`${nr}. ${patient.name}, ${words.born} ${patient.birthYear}`, { width });
  document.font('text').fontSize(11);
  const line = (label: string, text: string | null | undefined): void => {
    if (text) document.text(`${label}: ${text}`, { width, lineGap: 2 });
  };
  document.text(decision ? words.as[decision.as] : words.none, { width });
  if (!decision) return;
  line(words.outcome, decision.outcome);
  line(words.instructions, decision.instructions);
  line(words.followUp, [decision.followUpOwner, decision.followUpOn].filter(Boolean).join(', '));
  if (readBack) line(words.readBack, `${readBack.by.name ?? readBack.by.place}, ${time(readBack.at)}`);
  document.text(signed ? `${words.signed}: ${signed.by.name ?? signed.by.place}, ${time(signed.at)}` : words.unsigned, { width });
}
