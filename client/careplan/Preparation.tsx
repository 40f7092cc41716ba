import { useState } from 'react';
import type { CarePlan, Preparation as Said } from '../../contract/carePlans.ts';
import { preparationForms } from '../../contract/planKinds.ts';
import { writtenStates } from '../../contract/planSteps.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { hasDraft, useDraft } from '../ui/useDraft.ts';
import { useSubmit } from '../ui/useSubmit.ts';
import css from './CarePlan.module.css';
import { OthersChanged } from './OthersChanged.tsx';
import { usePlanAct } from './usePlan.ts';

const asked = ['matters', 'goals', 'questions', 'notShared', 'who', 'where'] as const;
const draftKey = ({ id }: Pick<CarePlan, 'id'>): string => `preparation ${id}`;
const nothing: Said = { form: 'adult', matters: '', goals: '', questions: '', notShared: '', who: '', where: '' };

/** What the person says beforehand; theirs and the coordinator's to read, and nobody else's. */
export function Preparation({ plan }: { plan: CarePlan }) {
  const { t } = useWords();
  const { preparation, state, you } = plan;
  const mayWrite = state === 'consented' || writtenStates.includes(state);
  const [chosen, setWriting] = useState<boolean | null>(null);
  const writing = chosen ?? (state === 'consented' || hasDraft(draftKey(plan))); // then it is the next thing to do
  if (!you.whole || (!preparation && !mayWrite)) return null;
  if (writing)
    return (
      <Card title={t('carePlan.preparation')} id="preparation">
        <Form plan={plan} onDone={() => setWriting(false)} />
      </Card>
    );
  const form = preparation?.form ?? 'adult';
  return (
    <Card title={t('carePlan.preparation')} id="preparation">
      {!preparation && <p>{t('carePlan.unprepared')}</p>}
      {asked.map((part) =>
        preparation?.[part] ? (
          <div key={part} className={css.read}>
            <p className={css.label}>{t(`carePlan.asked.${form}.${part}`)}</p>
            <p className={css.words}>{preparation[part]}</p>
          </div>
        ) : null,
      )}
      {mayWrite && (
        <div>
          <Button onClick={() => setWriting(true)}>{t('edit.change')}</Button>
        </div>
      )}
    </Card>
  );
}

function Form({ plan: { id, version, preparation }, onDone }: { plan: CarePlan; onDone: () => void }) {
  const { t } = useWords();
  const { act } = usePlanAct({ id });
  const stored = JSON.stringify(preparation);
  const { draft, set: keep, forget } = useDraft(draftKey({ id }), () => ({ said: preparation ?? nothing, from: stored }));
  const { said } = draft;
  const changed = draft.from !== stored; // by somebody else, meanwhile
  const set = (part: Partial<Said>): void => keep({ ...draft, said: { ...said, ...part } });
  const done = (): void => {
    forget();
    onDone();
  };
  const { onSubmit, busy, words } = useSubmit(
    () => undefined,
    async () => {
      await api('PUT /api/care-plans/:planId/preparation', { params: { planId: id }, body: { ...said, basedOn: version } });
      await act(async () => undefined);
      done();
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate className={css.group} aria-label={t('carePlan.preparation')}>
      <p>{t('carePlan.preparationLead')}</p>
      <Radios
        legend={t('carePlan.askedAs')}
        value={said.form}
        onChange={(form) => set({ form })}
        beside
        options={preparationForms.map((value) => ({ value, label: t(`carePlan.form.${value}`) }))}
      />
      {asked.map((part) => (
        <Field
          key={part}
          name={part}
          label={t(`carePlan.asked.${said.form}.${part}`)}
          hint={part === 'notShared' ? t('carePlan.notSharedHint') : undefined}
          value={said[part]}
          onChange={(text) => set({ [part]: text })}
          rows={2}
          maxLength={part === 'where' ? 500 : 4_000}
        />
      ))}
      {changed && !busy && (
        <OthersChanged onMine={() => keep({ said, from: stored })} onTheirs={() => keep({ said: preparation ?? nothing, from: stored })} />
      )}
      <FormEnd words={words} busy={busy || changed} onCancel={done} />
    </form>
  );
}
