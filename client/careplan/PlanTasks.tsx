import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useNavigate } from 'react-router';
import type { PlanSummons, PlanTask } from '../../contract/carePlans.ts';
import { api } from '../app/api.ts';
import { careToday, dateOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import css from './CarePlan.module.css';

/** Summons that wait for an answer, and what one has taken on in plans that hold; nothing while there is none. */
export default function PlanTasks() {
  const { data } = useQuery({ queryKey: ['planTasks'], queryFn: () => api('GET /api/plan-tasks'), refetchOnWindowFocus: false });
  if (!data) return null;
  return (
    <>
      {data.summons.length > 0 && <Summons summons={data.summons} />}
      {data.tasks.length > 0 && <Tasks tasks={data.tasks} />}
    </>
  );
}

function Summons({ summons }: { summons: PlanSummons[] }) {
  const { t, language } = useWords();
  return (
    <Card title={t('carePlan.summonsWait')} id="plan-summons">
      <ul className={card.list}>
        {summons.map(({ planId, patient, answerBy }) => (
          <li key={planId}>
            <div className={card.grow}>
              <p>
                <strong>{patient.name}</strong>
              </p>
            </div>
            <span className={`${card.badge} ${answerBy < careToday() ? css.late : card.warn}`}>
              {t('carePlan.answerByDate', { date: dateOf(answerBy, language) })}
            </span>
            <Open planId={planId} name={patient.name} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Open({ planId, name }: { planId: string; name: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  return (
    <Button
      aria-label={t('carePlan.openOf', { name })}
      icon={<ArrowRight aria-hidden size={22} />}
      onClick={() => void navigate(`/care-plans/${planId}`)}
    >
      {t('carePlan.open')}
    </Button>
  );
}

function Tasks({ tasks }: { tasks: PlanTask[] }) {
  const { t, language } = useWords();
  return (
    <Card title={t('carePlan.tasks')} id="plan-tasks">
      <ul className={card.list}>
        {tasks.map(({ planId, partId, patient, what, on, status }) => (
          <li key={partId}>
            <div className={card.grow}>
              <p>
                <strong>{what}</strong>
              </p>
              <p className={card.soft}>
                {patient.name}
                {on && ` · ${t('carePlan.due')} ${dateOf(on, language)}`}
              </p>
            </div>
            <span className={`${card.badge} ${on !== null && on < careToday() ? css.late : ''}`}>
              {on !== null && on < careToday() ? t('carePlan.isLate') : t(`carePlan.statusOf.${status}`)}
            </span>
            <Open planId={planId} name={patient.name} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
