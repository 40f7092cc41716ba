import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { PartyKind } from '../../contract/planParties.ts';
import type { PlanTemplate } from '../../contract/planTemplates.ts';
import { useWords } from '../app/words.ts';
import { draftOf, isWhole, QuestionsEditor, questionOf } from '../forms/QuestionsEditor.tsx';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { emptyItem, type ItemDraft, ItemFields, wrongItem } from './ItemFields.tsx';
import { KindChecks } from './KindChecks.tsx';
import { TemplateParts, wrongPart } from './TemplateParts.tsx';

type Props = { template: PlanTemplate; onSave: (template: PlanTemplate) => Promise<void>; onCancel: () => void };
type Draft = ItemDraft & { kinds: PartyKind[] };

const mostQuestions = 20;

/** Who is needed, what is talked of, what the plan asks, and what is asked afterwards. */
export function TemplateForm({ template, onSave, onCancel }: Props) {
  const { t } = useWords();
  const [name, setName] = useState(template.name);
  const [kinds, setKinds] = useState(template.kinds);
  const [items, setItems] = useState<Draft[]>(() => template.items.map((item) => ({ ...item, minutes: String(item.minutes) })));
  const [parts, setParts] = useState(template.parts);
  const [questions, setQuestions] = useState(() => template.questions.map(draftOf));
  const { onSubmit, busy, errorOf, field, words } = useSubmit(
    () =>
      [
        name.trim() ? undefined : 'name',
        wrongItem(items),
        wrongPart(parts),
        questions.every(isWhole) ? undefined : `question-${questions.findIndex((one) => !isWhole(one))}`,
      ].filter((wrong) => wrong !== undefined),
    () =>
      onSave({
        name,
        kinds,
        items: items.map((item) => ({ ...item, minutes: Number(item.minutes) })),
        parts,
        questions: questions.map(questionOf),
      }),
  );
  return (
    <form onSubmit={onSubmit} noValidate className={card.fold} aria-label={template.name || t('carePlan.template.add')}>
      <Field name="name" label={t('carePlan.template.name')} value={name} onChange={setName} error={errorOf('name')} maxLength={80} />
      <Section title={t('carePlan.template.who')}>
        <KindChecks chosen={kinds} onChange={setKinds} />
      </Section>
      <Section title={t('carePlan.agenda')}>
        <ItemFields items={items} onItems={setItems} wrong={field}>
          {(item, set) => <KindChecks chosen={item.kinds} onChange={(chosen) => set({ kinds: chosen })} />}
        </ItemFields>
        <div>
          <Button icon={<Plus aria-hidden size={22} />} onClick={() => setItems((now) => [...now, { ...emptyItem, kinds }])}>
            {t('carePlan.addItem')}
          </Button>
        </div>
      </Section>
      <Section title={t('carePlan.template.parts')} lead={t('carePlan.template.partsLead')}>
        <TemplateParts parts={parts} onParts={setParts} wrong={field} />
      </Section>
      <Section title={t('carePlan.template.questions')} lead={t('carePlan.template.questionsLead')}>
        <QuestionsEditor drafts={questions} onDrafts={setQuestions} most={mostQuestions} />
        {field?.startsWith('question-') && <Notice look="problem">{t('field.questions')}</Notice>}
      </Section>
      <FormEnd words={words} busy={busy} onCancel={onCancel} />
    </form>
  );
}

function Section({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <section className={card.fold} aria-label={title}>
      <h3>{title}</h3>
      {lead && <p className={card.soft}>{lead}</p>}
      {children}
    </section>
  );
}
