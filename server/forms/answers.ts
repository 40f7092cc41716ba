/** What is answered before a visit. */
import { and, eq, isNull } from 'drizzle-orm';
import { type Answer, answer as answerShape, type FormView, type Question, type VisitForm } from '../../contract/forms.ts';
import { Refusal } from '../../contract/refusal.ts';
import type { Tx } from '../../drizzle/client.ts';
import { formAnswers, forms, formVersions, visits, visitTypes } from '../../drizzle/schema/index.ts';
import { writeAudit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Actor } from '../identity/sessions.ts';
import { changeVisit, noSuchVisit } from '../visits/changeVisit.ts';
import { ownSideOf } from '../visits/side.ts';
import { loadVisit, type VisitState } from '../visits/visitState.ts';
import { formColumns } from './forms.ts';

const before: VisitState['stage'][] = ['booked', 'checked_in', 'waiting'];

/** What is asked before visits of its kind, as it is now. */
async function formOf(tx: Tx, visitId: string): Promise<FormView | null> {
  const [row] = await tx
    .select(formColumns)
    .from(visits)
    .innerJoin(visitTypes, eq(visitTypes.id, visits.typeId))
    .innerJoin(forms, and(eq(forms.id, visitTypes.formId), isNull(forms.endedAt)))
    .innerJoin(formVersions, and(eq(formVersions.formId, forms.id), eq(formVersions.version, forms.version)))
    .where(eq(visits.id, visitId));
  return row ?? null;
}

export async function visitFormOf(ctx: Context, actor: Actor, visitId: string): Promise<VisitForm> {
  return ctx.db.transaction(async (tx) => {
    const visit = await loadVisit(tx, visitId);
    if (!visit || !ownSideOf(actor, visit)) throw noSuchVisit();
    const { unitId, patientId, stage } = visit;
    const form = await formOf(tx, visitId);
    const [row] = await tx
      .select({ given: formAnswers, title: formVersions.title })
      .from(formAnswers)
      .innerJoin(formVersions, and(eq(formVersions.formId, formAnswers.formId), eq(formVersions.version, formAnswers.version)))
      .where(eq(formAnswers.visitId, visitId));
    if (row) await writeAudit(tx, { actorId: actor.userId, action: 'form.read', subjectId: visitId, visitId, unitId, patientId });
    const answered = row && {
      title: row.title,
      version: row.given.version,
      answers: answerShape.array().parse(JSON.parse(row.given.answers)),
      at: row.given.answeredAt.toISOString(),
      by: row.given.byPatient ? ('patient' as const) : ('care' as const),
    };
    return { form, answered: answered ?? null, mayAnswer: form !== null && before.includes(stage) };
  });
}

/** @throws {Refusal} `invalid`, naming `answers`, where they are not answers to these questions. */
function requireAnswers(questions: Question[], answers: Answer[]): void {
  const fits = questions.every((question, index) => {
    const said = answers[index];
    if (said?.question !== question.text) return false;
    return question.kind !== 'choice' || question.options.includes(said.answer);
  });
  if (!fits || answers.length !== questions.length) throw new Refusal('invalid', 'answers: are not answers to these questions', 'answers');
}

/** @throws {Refusal} `conflict` where the questions have changed meanwhile, or the visit has begun. */
export async function answerForm(
  ctx: Context,
  actor: Actor,
  visitId: string,
  { formId, version, answers }: { formId: string; version: number; answers: Answer[] },
  now: Date,
): Promise<void> {
  await changeVisit(ctx, visitId, actor.userId, async ({ tx, before: visit, audit }) => {
    const side = ownSideOf(actor, visit);
    if (!side) throw noSuchVisit();
    if (!before.includes(visit.stage)) throw new Refusal('conflict', 'The visit has begun, or is over.');
    const form = await formOf(tx, visitId);
    if (form?.id !== formId || form.version !== version) throw new Refusal('conflict', 'The questions have changed.', 'version');
    requireAnswers(form.questions, answers);
    const given = {
      formId,
      version,
      answers: JSON.stringify(answers),
      byPatient: side === 'patient',
      answeredBy: actor.userId,
      answeredAt: now,
    };
    await tx
      .insert(formAnswers)
      .values({ ...given, visitId })
      .onConflictDoUpdate({ target: formAnswers.visitId, set: given });
    await audit('form.answer');
    return true;
  });
}
