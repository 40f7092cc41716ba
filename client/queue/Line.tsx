import { useQuery, useQueryClient } from '@tanstack/react-query';
import { BellRing } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Queued } from '../../contract/queue.ts';
import type { VisitRequest } from '../../contract/requests.ts';
import type { Assignment } from '../../contract/units.ts';
import { ApiError, api, codeOf } from '../app/api.ts';
import { minutesSince } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { useListChanges } from '../office/useListChanges.ts';
import { PatientIdentity } from '../patients/PatientIdentity.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { SendOn } from './SendOn.tsx';

const priorities = ['acute', 'soon', 'planned'] as const satisfies VisitRequest['priority'][];

/** Who waits in a unit's line, in the order in which they are called. Nothing where there is no line. */
export function Line({ unit }: { unit: Assignment }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { unitId } = unit;
  const found = useQuery({ queryKey: ['queue', unitId], queryFn: () => api('GET /api/units/:unitId/queue', { params: { unitId } }) });
  useListChanges(() => void queries.invalidateQueries({ queryKey: ['queue', unitId] }));
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const act = async (task: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await task();
    } catch (error) {
      const taken = error instanceof ApiError && error.field?.startsWith('taken.');
      setProblem(t(taken ? 'queue.youAreBooked' : `error.${codeOf(error)}`));
    }
    setBusy(false);
    await queries.invalidateQueries({ queryKey: ['queue', unitId] });
  };
  const callNext = (): Promise<void> =>
    act(async () => {
      const called = await api('POST /api/units/:unitId/queue/next', { params: { unitId }, body: {} });
      if (called) await navigate(`/visits/${called.visitId}`);
    });
  const call = (visitId: string): Promise<void> =>
    act(async () => {
      await api('POST /api/visits/:visitId/call', { params: { visitId }, body: {} });
      await navigate(`/visits/${visitId}`);
    });
  if (!found.data || (found.data.settings.hours.length === 0 && found.data.waiting.length === 0)) return null;
  const { waiting } = found.data;
  return (
    <Card title={t('queue.title', { unit: unit.unitName })} id={`queue-${unitId}`}>
      <p aria-live="polite">{t('queue.waiting', { count: waiting.length })}</p>
      {problem && <Notice look="problem">{problem}</Notice>}
      {waiting.length > 0 && (
        <div>
          <Button look="primary" disabled={busy} icon={<BellRing aria-hidden size={22} />} onClick={() => void callNext()}>
            {t('queue.callNext')}
          </Button>
        </div>
      )}
      <ol className={css.list}>
        {waiting.map((one) => (
          <Waiting key={one.visitId} one={one} unit={unit} busy={busy} act={act} onCall={() => void call(one.visitId)} />
        ))}
      </ol>
    </Card>
  );
}

type WaitingProps = {
  one: Queued;
  unit: Assignment;
  busy: boolean;
  act: (task: () => Promise<unknown>) => Promise<void>;
  onCall: () => void;
};

function Waiting({ one, unit, busy, act, onCall }: WaitingProps) {
  const { t } = useWords();
  const [sending, setSending] = useState(false);
  const { visitId, patient, answers, priority, since, handedFrom, handedReason } = one;
  const params = { visitId };
  const { name } = patient;
  return (
    <li>
      <div className={css.grow}>
        <PatientIdentity patient={patient} />
        <p className={css.soft}>{t('queue.since', { count: minutesSince(since, Date.now()) })}</p>
        {handedFrom && <p>{t('queue.handedFrom', { unit: handedFrom, reason: handedReason ?? '' })}</p>}
        {answers.map(({ question, answer }) => (
          <p key={question}>
            <span className={css.soft}>{question}</span> <strong>{answer}</strong>
          </p>
        ))}
        <div className={css.row}>
          {priorities.map((wanted) => (
            <Button
              key={wanted}
              disabled={busy}
              aria-pressed={priority === wanted}
              aria-label={t(`requests.${wanted}Name`, { name })}
              onClick={() => void act(() => api('POST /api/visits/:visitId/triage', { params, body: { priority: wanted } }))}
            >
              {t(`requests.${wanted}`)}
            </Button>
          ))}
        </div>
      </div>
      <Button disabled={busy} aria-label={t('queue.callName', { name })} onClick={onCall}>
        {t('queue.call')}
      </Button>
      <Button look="quiet" disabled={busy} aria-label={t('queue.sendOnName', { name })} onClick={() => setSending(true)}>
        {t('queue.sendOn')}
      </Button>
      {sending && (
        <SendOn
          name={name}
          unitId={unit.unitId}
          onClose={() => setSending(false)}
          onSend={(body) => {
            setSending(false);
            void act(() => api('POST /api/visits/:visitId/send-on', { params, body }));
          }}
        />
      )}
    </li>
  );
}
