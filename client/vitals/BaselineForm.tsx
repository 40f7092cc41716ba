import { useState } from 'react';
import type { Measured } from '../../contract/measurements.ts';
import { api } from '../app/api.ts';
import { dateOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Check, Radios } from '../ui/Choices.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import type { Whose } from './useMeasured.ts';
import css from './Vitals.module.css';

type Props = { measured: Measured; whose: Whose; onKept: () => void };

/** How the person usually is, folded away: what is unknown is said to be. */
export function BaselineForm({ measured: { baseline, may }, whose, onKept }: Props) {
  const { t, language } = useWords();
  const { cognition, pregnant, spo2Scale2 } = baseline;
  const said = [
    t(`baseline.cognition.${cognition ?? 'unknown'}`),
    ...(pregnant ? [t('baseline.pregnant')] : []),
    ...(spo2Scale2
      ? [t('baseline.orderedBy', { name: spo2Scale2.by.name ?? spo2Scale2.by.place, date: dateOf(spo2Scale2.at.slice(0, 10), language) })]
      : []),
  ];
  return (
    <details className={css.baseline}>
      <summary>
        {t('baseline.title')}: {said.join(' · ')}
      </summary>
      <Form key={baseline.version ?? 0} baseline={baseline} orders={may.order} whose={whose} onKept={onKept} />
    </details>
  );
}

type FormProps = { baseline: Measured['baseline']; orders: boolean; whose: Whose; onKept: () => void };

function Form({ baseline, orders, whose, onKept }: FormProps) {
  const { t } = useWords();
  const [cognition, setCognition] = useState<'clear' | 'confused' | 'unknown'>(baseline.cognition ?? 'unknown');
  const [pregnant, setPregnant] = useState(baseline.pregnant ?? false);
  const [scale2, setScale2] = useState(baseline.spo2Scale2 !== null);
  const [overtaken, setOvertaken] = useState(false);
  const { onSubmit, busy, words } = useSubmit(
    () => undefined,
    async () => {
      const body = { cognition: cognition === 'unknown' ? null : cognition, pregnant, spo2Scale2: scale2, basedOn: baseline.version };
      if ('visitId' in whose) await api('PUT /api/visits/:visitId/baseline', { params: whose, body });
      else await api('PUT /api/patients/:patientId/baseline', { params: whose, body });
      onKept();
    },
    () => {
      setOvertaken(true);
      onKept();
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate>
      {overtaken && <Notice>{t('baseline.overtaken')}</Notice>}
      <Radios
        legend={t('baseline.cognitionAsk')}
        value={cognition}
        onChange={setCognition}
        options={(['clear', 'confused', 'unknown'] as const).map((value) => ({ value, label: t(`baseline.cognition.${value}`) }))}
      />
      <Check checked={pregnant} onChange={setPregnant}>
        {t('baseline.pregnant')}
      </Check>
      {orders ? (
        <Check checked={scale2} onChange={setScale2}>
          {t('baseline.scale2')}
        </Check>
      ) : (
        <p className={css.soft}>{t('baseline.scale2ByDoctor')}</p>
      )}
      {words && <Notice look="problem">{words}</Notice>}
      <Button type="submit" disabled={busy}>
        {t('edit.save')}
      </Button>
    </form>
  );
}
