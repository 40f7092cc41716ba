import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { VisitRequest } from '../../contract/requests.ts';
import { api, codeOf } from '../app/api.ts';
import { dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { PatientIdentity } from '../patients/PatientIdentity.tsx';
import { CloseDialog } from '../record/CloseDialog.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';

/** What patients have asked for: how soon, then a time, or a reason why not. Nothing is shown while nobody asks. */
export function Requests() {
  const { t } = useWords();
  const requests = useQuery({ queryKey: ['today', 'requests'], queryFn: () => api('GET /api/requests') });
  if (!requests.data || requests.data.length === 0) return null;
  return (
    <Card title={t('requests.title', { count: requests.data.length })} id="requests">
      <ul className={css.list}>
        {requests.data.map((request) => (
          <Request key={request.id} request={request} />
        ))}
      </ul>
    </Card>
  );
}

function Request({ request }: { request: VisitRequest }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const [declining, setDeclining] = useState(false);
  const { id, patient, unitId, unitName, about, askedAt, priority } = request;
  const params = { visitId: id };
  const act = (task: Promise<unknown>): void => {
    setProblem(null);
    setDeclining(false);
    void task.catch((error: unknown) => setProblem(codeOf(error))).then(() => queries.invalidateQueries({ queryKey: ['today'] }));
  };
  return (
    <li>
      <div className={css.grow}>
        <PatientIdentity patient={patient} />
        <p>{about || <Link to={`/visits/${id}/record`}>{t('poll.toAnswers')}</Link>}</p>
        <p className={css.soft}>
          {unitName} · {dayOf(askedAt, language)}
        </p>
      </div>
      {(['soon', 'planned'] as const).map((wanted) => (
        <Button
          key={wanted}
          aria-pressed={priority === wanted}
          aria-label={t(`requests.${wanted}Name`, { name: patient.name })}
          onClick={() => act(api('POST /api/visits/:visitId/triage', { params, body: { priority: wanted } }))}
        >
          {t(`requests.${wanted}`)}
        </Button>
      ))}
      <Button
        look="primary"
        icon={<CalendarPlus aria-hidden size={20} />}
        aria-label={t('requests.bookName', { name: patient.name })}
        onClick={() => void navigate(`/book?patient=${patient.id}&unit=${unitId}&request=${id}`)}
      >
        {t('requests.book')}
      </Button>
      <Button aria-label={t('requests.declineName', { name: patient.name })} onClick={() => setDeclining(true)}>
        {t('requests.decline')}
      </Button>
      {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
      {declining && (
        <CloseDialog
          ways={['cancelled']}
          onCancel={() => setDeclining(false)}
          onClose={(body) => act(api('POST /api/visits/:visitId/close', { params, body }))}
        />
      )}
    </li>
  );
}
