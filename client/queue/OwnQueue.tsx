import { useQuery, useQueryClient } from '@tanstack/react-query';
import { DoorOpen, ListOrdered } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { OwnPlace, OwnQueue as Queue } from '../../contract/queue.ts';
import { api, codeOf } from '../app/api.ts';
import { bothClocks } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Answers } from '../forms/Answers.tsx';
import { newId } from '../media/newId.ts';
import { useListChanges } from '../office/useListChanges.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { Notice } from '../ui/Notice.tsx';

const everyMs = 15_000;

/** Where the patient stands, kept up to date; in when they are called. */
export function OwnPlaces() {
  const { places, again } = useQueue();
  return places.map((place) => <Place key={place.visitId} place={place} onChange={again} />);
}

/** The lines that the patient may stand in. */
export function OpenLines() {
  const { places, again } = useQueue();
  const queues = useQuery({ queryKey: ['my queues'], queryFn: () => api('GET /api/my/queues') });
  return (queues.data ?? [])
    .filter(({ unitId }) => !places.some((place) => place.unitId === unitId))
    .map((queue) => <OpenLine key={queue.unitId} queue={queue} onChange={again} />);
}

function useQueue(): { places: OwnPlace[]; again: () => void } {
  const queries = useQueryClient();
  const places = useQuery({ queryKey: ['my queue'], queryFn: () => api('GET /api/my/queue'), refetchInterval: everyMs });
  const again = (): void => {
    void queries.invalidateQueries({ queryKey: ['my queue'] });
    void queries.invalidateQueries({ queryKey: ['my queues'] });
  };
  useListChanges(again);
  return { places: places.data ?? [], again };
}

function Place({ place, onChange }: { place: OwnPlace; onChange: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [leaving, setLeaving] = useState(false);
  const leave = (): void => {
    setLeaving(false);
    void api('POST /api/my/queue/:visitId/leave', { params: { visitId: place.visitId } })
      .catch(() => undefined)
      .then(onChange);
  };
  const called = place.place === null;
  return (
    <Card title={place.unitName} id={`place-${place.visitId}`}>
      <p role="status">
        <strong>{called ? t('queue.yourTurn') : t('queue.place', { count: place.place ?? 0 })}</strong>
      </p>
      {called ? (
        <Button look="primary" wide icon={<DoorOpen aria-hidden size={24} />} onClick={() => void navigate(`/visits/${place.visitId}`)}>
          {t('queue.enter')}
        </Button>
      ) : (
        <>
          <p>
            {place.expected ? t('queue.expected', { from: place.expected.fromMinutes, to: place.expected.toMinutes }) : t('queue.unknown')}
          </p>
          <p>{t('queue.stay')}</p>
          <div>
            <Button look="quiet" onClick={() => setLeaving(true)}>
              {t('queue.leave')}
            </Button>
          </div>
        </>
      )}
      {leaving && (
        <Confirm title={t('queue.leaveTitle')} text={t('queue.leaveText')} onClose={() => setLeaving(false)}>
          <Button look="danger" onClick={leave}>
            {t('queue.leave')}
          </Button>
        </Confirm>
      )}
    </Card>
  );
}

function OpenLine({ queue, onChange }: { queue: Queue; onChange: () => void }) {
  const { t, language } = useWords();
  const [answering, setAnswering] = useState(false);
  const [visitId] = useState(newId); // a resend is the same place
  const [problem, setProblem] = useState<string | null>(null);
  const { patientId, unitId, unitName, openUntil, waiting, questions } = queue;
  const stand = async (answers: { question: string; answer: string }[]): Promise<void> => {
    try {
      await api('POST /api/my/queue', { body: { visitId, patientId, unitId, answers } });
      setAnswering(false);
    } catch (error) {
      setProblem(t(codeOf(error) === 'conflict' ? 'queue.closed' : `error.${codeOf(error)}`));
    }
    onChange();
  };
  return (
    <Card title={t('queue.without', { unit: unitName })} id={`line-${unitId}`}>
      {openUntil ? <p>{t('queue.open', { until: bothClocks(openUntil, language).care, count: waiting })}</p> : <p>{t('queue.closed')}</p>}
      <p>{t('queue.danger')}</p>
      {problem && <Notice look="problem">{problem}</Notice>}
      {answering ? (
        <Answers questions={questions} submit={t('queue.stand')} onAnswers={stand} onCancel={() => setAnswering(false)} />
      ) : (
        openUntil && (
          <div>
            <Button
              look="primary"
              icon={<ListOrdered aria-hidden size={22} />}
              onClick={() => (questions.length > 0 ? setAnswering(true) : void stand([]))}
            >
              {t('queue.stand')}
            </Button>
          </div>
        )
      )}
    </Card>
  );
}
