/** The plan on paper: in plain words, in the person's language, as far as it is told to whoever asks for it. */
import { eq } from 'drizzle-orm';
import type { CarePlan } from '../../contract/carePlans.ts';
import type { Language } from '../../contract/language.ts';
import { partKinds, textsOf } from '../../contract/planKinds.ts';
import type { PartKind, PartView, TextField } from '../../contract/planParts.ts';
import { Refusal } from '../../contract/refusal.ts';
import { units } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { makePdf, margin, mm } from '../pdf.ts';
import { careZone } from '../scheduling/careZone.ts';
import { type PdfWord, pdfWords } from './pdfWords.ts';
import { mayCoordinate, type PlanState_, partyOf, planFor } from './plan.ts';
import type { Viewer } from './sharing.ts';
import { planViewOf } from './view.ts';

const width = 160 * mm;
const usual = { title: 18, heading: 13, text: 11 };
const large = { title: 24, heading: 19, text: 16 };

type Copy = { large: boolean; partyId: string | null };

/**
 * @param copy - of a party: what the person lets it be told, for the coordinator to hand out.
 * @throws {Refusal} `not_found` for a plan, or a party, out of reach; `forbidden` for the copy of another.
 */
export async function pdfOfPlan(ctx: Context, actor: Actor, planId: string, copy: Copy, now: Date): Promise<{ pdf: string }> {
  const { view, language, phone, copyFor } = await ctx.db.transaction(async (tx) => {
    const state = await planFor(tx, actor, planId, now);
    const { unitId, patientId } = state.plan;
    const viewer = viewerOfCopy(state, copy.partyId);
    await writeAudit(tx, { actorId: actor.userId, action: 'plan.print', subjectId: copy.partyId ?? planId, unitId, patientId });
    const [unit] = await tx.select({ phone: units.phone }).from(units).where(eq(units.id, unitId));
    const copyFor = state.parties.find(({ id }) => id === viewer.partyId)?.name ?? null;
    return {
      ...{ view: await planViewOf(tx, actor, { ...state, viewer }, now), language: state.patient.language },
      ...{ phone: unit?.phone ?? '', copyFor },
    };
  });
  const pdf = await makePdf(language, now, (document) =>
    new Sheet(document, language, copy.large ? large : usual).draw(view, phone, copyFor),
  );
  return { pdf: pdf.toString('base64') };
}

function viewerOfCopy({ viewer, parties }: PlanState_ & { viewer: Viewer }, partyId: string | null): Viewer {
  if (partyId === null || viewer.partyId === partyId) return viewer;
  const { id } = partyOf(parties, partyId);
  if (!mayCoordinate(viewer)) throw new Refusal('forbidden', 'This is the coordinator’s to do.');
  return { whole: false, person: false, partyId: id, out: false };
}

class Sheet {
  readonly #document: PDFKit.PDFDocument;
  readonly #size: typeof usual;
  readonly #language: Language;
  readonly #t: (word: PdfWord, values?: Record<string, string>) => string;

  constructor(document: PDFKit.PDFDocument, language: Language, size: typeof usual) {
    this.#document = document;
    this.#size = size;
    this.#language = language;
    this.#t = pdfWords(language);
  }

  /** @param phone - of the unit that coordinates. @param copyFor - the party whose copy it is; null: all of it. */
  draw(plan: CarePlan, phone: string, copyFor: string | null): void {
    const { patient, parties, parts, state } = plan;
    this.#document.addPage();
    this.#document.font('strong').fontSize(this.#size.title);
    this.#document.text(this.#t(copyFor === null ? 'title' : 'title.copy', { name: patient.name }), margin, margin, { width });
    if (copyFor !== null) this.#text(this.#t('copyFor', { name: copyFor }));
    this.#text(`${patient.name}, ${this.#t('born', { year: String(patient.birthYear) })}`);
    this.#text(this.#t(state === 'plan_active' || state === 'followup_due' ? 'holds' : 'draft'));
    this.#line('signed', plan.signedBy && plan.activatedAt ? `${plan.signedBy}, ${this.#day(plan.activatedAt)}` : null);
    this.#line('overall', parties.find(({ id }) => id === plan.responsiblePartyId)?.name);
    this.#line('coordinator', [plan.coordinator, plan.unit.name, phone].filter(Boolean).join(', '));
    this.#line('followUp', plan.followUpOn ? this.#day(plan.followUpOn) : null);
    for (const kind of partKinds)
      this.#parts(
        kind,
        parts.filter((part) => part.kind === kind && Object.values(part.texts).some((text) => text.trim())),
        plan,
      );
    if (plan.noOtherMeasures) this.#text(this.#t('noOthers'));
    this.#heading('who');
    for (const { name, stance } of parties) this.#text(stance ? `${name}: ${this.#stance(stance)}` : name);
    if (plan.personSays) this.#text(`${copyFor === null ? this.#t('person') : patient.name}: ${this.#stance(plan.personSays)}`);
    this.#heading('know');
    this.#text(this.#t('noDecision'));
    this.#text(this.#t('takeBack'));
  }

  #parts(kind: PartKind, parts: PartView[], plan: CarePlan): void {
    if (parts.length === 0) return;
    this.#heading(`part.${kind}`);
    for (const [index, part] of parts.entries()) {
      const fields: readonly TextField[] = textsOf[kind];
      const [first = 'what', ...rest] = fields;
      this.#text(`${index + 1}. ${part.texts[first] ?? ''}`);
      for (const field of rest) this.#line(`text.${field}`, part.texts[field]);
      const { chosen, aid } = part;
      this.#line('answers', plan.parties.find(({ id }) => id === chosen.partyId)?.name);
      this.#line('owner', chosen.owner);
      this.#line('due', chosen.on ? this.#day(chosen.on) : null);
      if (aid)
        this.#line(
          'aid',
          this.#t(`aid.${aid.is}`, { date: 'on' in aid ? this.#day(aid.on) : '', appeal: 'appeal' in aid ? aid.appeal : '' }),
        );
      if (part.goalReached) this.#line('reached', this.#t(`reached.${part.goalReached}`));
    }
  }

  /** Words that are not told are not announced either. */
  #stance({ stance, words }: { stance: 'accepted' | 'dissent'; words: string }): string {
    return words ? `${this.#t(`stance.${stance}`)}: ${words}` : `${this.#t(`stance.${stance}`)}.`;
  }

  #heading(word: PdfWord): void {
    this.#document.moveDown().font('strong').fontSize(this.#size.heading).text(this.#t(word), { width });
  }

  #line(word: PdfWord, text: string | null | undefined): void {
    if (text) this.#text(`${this.#t(word)}: ${text}`);
  }

  #text(text: string): void {
    this.#document.font('text').fontSize(this.#size.text).text(text, { width, lineGap: 3 });
  }

  #day(at: string): string {
    return new Intl.DateTimeFormat(this.#language, { dateStyle: 'long', timeZone: careZone }).format(new Date(at));
  }
}
