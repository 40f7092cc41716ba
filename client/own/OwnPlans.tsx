import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useNavigate } from 'react-router';
import { endedStates } from '../../contract/planSteps.ts';
import { api } from '../app/api.ts';
import { dateOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import own from './OwnPage.module.css';

/** The person's coordinated plans, as long as they run or hold. */
export function OwnPlans() {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const plans = useQuery({ queryKey: ['carePlans'], queryFn: () => api('GET /api/care-plans') }).data;
  const running = plans?.filter(({ state }) => !endedStates.includes(state)) ?? [];
  if (running.length === 0) return null;
  return (
    <section className={own.part} aria-label={t('own.plans')}>
      <h2>{t('own.plans')}</h2>
      {running.map(({ id, state, unit, coordinator, followUpOn }) => (
        <article key={id} className={css.card} aria-label={unit.name}>
          <p>
            <strong>{t(state === 'plan_active' || state === 'followup_due' ? 'own.planHolds' : 'own.planMade')}</strong>
          </p>
          <p>{[unit.name, coordinator].filter(Boolean).join(' · ')}</p>
          {followUpOn && <p>{t('own.planFollowUp', { date: dateOf(followUpOn, language) })}</p>}
          <div>
            <Button icon={<ArrowRight aria-hidden size={22} />} onClick={() => void navigate(`/care-plans/${id}`)}>
              {t('own.openPlan')}
            </Button>
          </div>
        </article>
      ))}
    </section>
  );
}
