import { useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import { api } from '../app/api.ts';
import { bothClocks, dateOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { newId } from '../media/newId.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import css from './CarePlan.module.css';
import { usePlanAct } from './usePlan.ts';

/** The duty to report when a child may be at risk: nobody's yes is needed, and nobody else sees it. */
export function Concerns({ plan }: { plan: CarePlan }) {
  const { t, language } = useWords();
  const [writing, setWriting] = useState(false);
  return (
    <Card title={t('carePlan.concern.title')} id="concern">
      <p>{t('carePlan.concern.lead')}</p>
      <ul className={card.list}>
        {plan.concerns.map(({ id, madeTo, words, by, at }) => (
          <li key={id}>
            <div className={card.grow}>
              <p className={card.soft}>
                {madeTo} · {by ?? t('carePlan.somebody')} · {dateOf(at, language)} {bothClocks(at, language).care}
              </p>
              <p className={css.words}>{words}</p>
            </div>
          </li>
        ))}
      </ul>
      {writing ? (
        <Form plan={plan} onDone={() => setWriting(false)} />
      ) : (
        <div>
          <Button onClick={() => setWriting(true)}>{t('carePlan.concern.write')}</Button>
        </div>
      )}
    </Card>
  );
}

function Form({ plan, onDone }: { plan: CarePlan; onDone: () => void }) {
  const { t } = useWords();
  const { act } = usePlanAct(plan);
  const [concernId] = useState(newId); // a resend is the same report
  const [madeTo, setMadeTo] = useState('');
  const [said, setSaid] = useState('');
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => [madeTo.trim() ? undefined : 'madeTo', said.trim() ? undefined : 'concern'].filter((name) => name !== undefined),
    async () => {
      await api('POST /api/care-plans/:planId/concerns', { params: { planId: plan.id }, body: { concernId, madeTo, words: said } });
      await act(async () => undefined);
      onDone();
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate className={card.fold} aria-label={t('carePlan.concern.write')}>
      <Field
        name="madeTo"
        label={t('carePlan.concern.madeTo')}
        value={madeTo}
        onChange={setMadeTo}
        error={errorOf('madeTo')}
        maxLength={120}
      />
      <Field
        name="concern"
        rows={3}
        label={t('carePlan.concern.words')}
        value={said}
        onChange={setSaid}
        error={errorOf('concern')}
        maxLength={2_000}
      />
      <FormEnd words={words} busy={busy} submit={t('carePlan.concern.keep')} onCancel={onDone} />
    </form>
  );
}
