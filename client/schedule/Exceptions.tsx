import { useState } from 'react';
import type { StaffSchedule } from '../../contract/scheduling.ts';
import { api, codeOf } from '../app/api.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

type Props = { schedule: StaffSchedule; onSchedule: (schedule: StaffSchedule) => void };

/** What departs from the week, as the clock goes where one is. */
export function Exceptions({ schedule, onSchedule }: Props) {
  const { t, language } = useWords();
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const { assignmentId } = schedule;
  const momentIn = (iso: string): string => `${dayOf(iso, language)} ${bothClocks(iso, language).care}`;
  const takeBack = (exceptionId: string): void => {
    setProblem(null);
    api('POST /api/assignments/:assignmentId/exceptions/:exceptionId/end', { params: { assignmentId, exceptionId } }).then(
      onSchedule,
      (error: unknown) => setProblem(codeOf(error)),
    );
  };
  return (
    <Card title={t('plan.exceptions')} id="exceptions">
      {schedule.exceptions.length === 0 && <p>{t('plan.noExceptions')}</p>}
      {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
      <ul className={css.list}>
        {schedule.exceptions.map(({ id, from, until, works }) => (
          <li key={id}>
            <p className={css.grow}>
              <strong>{t(works ? 'plan.works' : 'plan.away')}</strong> {momentIn(from)} – {momentIn(until)}
            </p>
            <Button aria-label={t('plan.takeBackWhen', { when: momentIn(from) })} onClick={() => takeBack(id)}>
              {t('plan.takeBack')}
            </Button>
          </li>
        ))}
      </ul>
      <NewException assignmentId={assignmentId} onSchedule={onSchedule} />
    </Card>
  );
}

function NewException({ assignmentId, onSchedule }: { assignmentId: string; onSchedule: (schedule: StaffSchedule) => void }) {
  const { t } = useWords();
  const [what, setWhat] = useState<'away' | 'works'>('away');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (from ? (until > from ? undefined : 'until') : 'from'),
    async () => {
      const body = { from: new Date(from).toISOString(), until: new Date(until).toISOString(), works: what === 'works' };
      onSchedule(await api('POST /api/assignments/:assignmentId/exceptions', { params: { assignmentId }, body }));
      setFrom('');
      setUntil('');
    },
  );
  return (
    <form className={css.card} onSubmit={onSubmit} noValidate aria-label={t('plan.addException')}>
      <Radios
        legend={t('plan.what')}
        value={what}
        onChange={setWhat}
        options={(['away', 'works'] as const).map((value) => ({ value, label: t(`plan.${value}`) }))}
      />
      <div className={css.pair}>
        <Field name="from" type="datetime-local" label={t('plan.begins')} value={from} onChange={setFrom} error={errorOf('from')} />
        <Field name="until" type="datetime-local" label={t('plan.ends')} value={until} onChange={setUntil} error={errorOf('until')} />
      </div>
      {words && <Notice look="problem">{words}</Notice>}
      <div>
        <Button type="submit" disabled={busy}>
          {t('plan.addException')}
        </Button>
      </div>
    </form>
  );
}
