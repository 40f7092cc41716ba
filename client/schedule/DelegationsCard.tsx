import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DelegatedTask, DelegationView } from '../../contract/delegations.ts';
import { api } from '../app/api.ts';
import { careToday, dateOf, dayAfter } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Fetched } from '../office/Office.tsx';
import { PatientSearch } from '../patients/PatientSearch.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Radios, Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSubmit } from '../ui/useSubmit.ts';

const tasks: DelegatedTask[] = ['capillarySample', 'oralOrder'];
const yearDays = 364;

/** Which tasks of licensed staff others do, by whose decision and until when. */
export function DelegationsCard({ unitId }: { unitId: string }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const queryKey = ['delegations', unitId];
  const found = useQuery({ queryKey, queryFn: () => api('GET /api/units/:unitId/delegations', { params: { unitId } }) });
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey });
  return (
    <Card title={t('delegation.title')} id="delegations">
      <p>{t('delegation.lead')}</p>
      <Fetched of={found}>
        {({ delegations, staff, may }) => (
          <>
            {delegations.length === 0 ? (
              <p>{t('delegation.none')}</p>
            ) : (
              <ul className={css.list}>
                {delegations.map((one) => (
                  <One key={one.id} delegation={one} mayEnd={may.give} onEnded={again} />
                ))}
              </ul>
            )}
            {may.give &&
              (staff.length > 0 ? <Give unitId={unitId} staff={staff} onGiven={again} /> : <Notice>{t('delegation.nobody')}</Notice>)}
          </>
        )}
      </Fetched>
    </Card>
  );
}

type OneProps = { delegation: DelegationView; mayEnd: boolean; onEnded: () => Promise<void> };

function One({ delegation: { id, task, to, patient, words, givenBy, from, until, ended }, mayEnd, onEnded }: OneProps) {
  const { t, language } = useWords();
  const nameOf = useNameOf();
  const state = ended ? 'ended' : until < careToday() ? 'over' : 'holds';
  const named = { task: t(`delegation.task.${task}`), name: nameOf(to) };
  const end = useSubmit(
    () => undefined,
    async () => {
      await api('POST /api/delegations/:delegationId/end', { params: { delegationId: id } });
      await onEnded();
    },
  );
  return (
    <li>
      <div className={css.grow}>
        <p>
          <strong>{named.name}</strong>: {named.task}
        </p>
        <p className={css.soft}>
          {patient ? t('delegation.onePatient', { name: patient.name }) : t('delegation.allPatients')}
          {words && ` · ${words}`}
        </p>
        <p className={css.soft}>
          {t('delegation.by', {
            name: givenBy.name ?? givenBy.place,
            from: dateOf(from, language),
            until: dateOf(until, language),
          })}
        </p>
        {end.words && <Notice look="problem">{end.words}</Notice>}
      </div>
      <span className={`${css.badge} ${state === 'holds' ? '' : css.warn}`}>{t(`delegation.state.${state}`)}</span>
      {mayEnd && state === 'holds' && (
        <Button disabled={end.busy} aria-label={t('delegation.endOf', named)} onClick={end.run}>
          {t('delegation.end')}
        </Button>
      )}
    </li>
  );
}

type GiveProps = { unitId: string; staff: DelegationView['to'][]; onGiven: () => Promise<void> };

function Give({ unitId, staff, onGiven }: GiveProps) {
  const { t } = useWords();
  const nameOf = useNameOf();
  const [task, setTask] = useState<DelegatedTask>('capillarySample');
  const [userId, setUserId] = useState(staff[0]?.userId ?? '');
  const [until, setUntil] = useState(() => dayAfter(careToday(), yearDays));
  const [conditions, setConditions] = useState('');
  const [whom, setWhom] = useState<'all' | 'one'>('all');
  const [patient, setPatient] = useState<{ id: string; name: string } | null>(null);
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => [...(until ? [] : ['until']), ...(whom === 'one' && !patient ? ['delegatedPatient'] : [])],
    async () => {
      const body = { task, userId, patientId: whom === 'one' ? (patient?.id ?? null) : null, words: conditions, until };
      await api('POST /api/units/:unitId/delegations', { params: { unitId }, body });
      setConditions('');
      await onGiven();
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate className={css.fold}>
      <div className={css.pair}>
        <Select
          label={t('delegation.what')}
          value={task}
          onChange={setTask}
          options={tasks.map((value) => ({ value, label: t(`delegation.task.${value}`) }))}
        />
        <Select
          name="userId"
          label={t('delegation.to')}
          value={userId}
          onChange={setUserId}
          options={staff.map((one) => ({ value: one.userId, label: nameOf(one) }))}
        />
        <Field
          name="until"
          type="date"
          label={t('delegation.until')}
          value={until}
          onChange={setUntil}
          error={errorOf('until')}
          min={careToday()}
        />
      </div>
      <Radios
        beside
        legend={t('delegation.whom')}
        value={whom}
        onChange={setWhom}
        options={[
          { value: 'all', label: t('delegation.allPatients') },
          { value: 'one', label: t('delegation.one') },
        ]}
      />
      {whom === 'one' &&
        (patient ? (
          <div className={css.row}>
            <p>{t('delegation.onePatient', { name: patient.name })}</p>
            <Button onClick={() => setPatient(null)}>{t('delegation.another')}</Button>
          </div>
        ) : (
          <div data-field="delegatedPatient">
            {errorOf('delegatedPatient') && <Notice look="problem">{errorOf('delegatedPatient')}</Notice>}
            <PatientSearch unitId={unitId}>
              {({ id, name }) => (
                <Button aria-label={t('delegation.chooseName', { name })} onClick={() => setPatient({ id, name })}>
                  {t('delegation.choose')}
                </Button>
              )}
            </PatientSearch>
          </div>
        ))}
      <Field name="conditions" label={t('delegation.words')} value={conditions} onChange={setConditions} rows={2} maxLength={500} />
      {words && <Notice look="problem">{words}</Notice>}
      <div>
        <Button type="submit" look="primary" disabled={busy}>
          {t('delegation.give')}
        </Button>
      </div>
    </form>
  );
}
