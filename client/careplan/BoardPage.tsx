import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowRight, BookUser, ListChecks } from 'lucide-react';
import { useNavigate } from 'react-router';
import type { PlanListed } from '../../contract/carePlans.ts';
import type { PlanState } from '../../contract/planSteps.ts';
import { api } from '../app/api.ts';
import { bothClocks, careToday, dateOf, dayAfter, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Fetched, Office } from '../office/Office.tsx';
import { useListChanges } from '../office/useListChanges.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import css from './CarePlan.module.css';

/** The coordinator's board: what is late, what is this week, and every plan by how far it has come. */
export default function BoardPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  return (
    <Office title={t('carePlan.board')} for="takesPart">
      <Board />
      <div className={card.row}>
        <Button look="quiet" icon={<BookUser aria-hidden size={22} />} onClick={() => void navigate('/directory')}>
          {t('carePlan.toDirectory')}
        </Button>
        <Button look="quiet" icon={<ListChecks aria-hidden size={22} />} onClick={() => void navigate('/plan-templates')}>
          {t('carePlan.template.toTemplates')}
        </Button>
      </div>
    </Office>
  );
}

const columns: { title: 'begins' | 'prepares' | 'meets' | 'holds'; states: PlanState[] }[] = [
  { title: 'begins', states: ['need_identified', 'offered', 'declined', 'consented'] },
  { title: 'prepares', states: ['preparing', 'summoned'] },
  { title: 'meets', states: ['meeting_scheduled', 'in_meeting', 'plan_draft'] },
  { title: 'holds', states: ['plan_active', 'followup_due'] },
];

function Board() {
  const { t } = useWords();
  const queries = useQueryClient();
  const found = useQuery({ queryKey: ['carePlans'], queryFn: () => api('GET /api/care-plans') });
  useListChanges(() => void queries.invalidateQueries({ queryKey: ['carePlans'] }));
  return (
    <Fetched of={found}>
      {(plans) => {
        const asked = plans.filter(({ asksYou }) => asksYou);
        const late = plans.filter((plan) => plan.overdue && !asked.includes(plan));
        const week = plans.filter(({ meetingAt }) => meetingAt && isThisWeek(meetingAt));
        return (
          <>
            {plans.length === 0 && <p>{t('carePlan.noPlans')}</p>}
            {asked.length > 0 && <List title={t('carePlan.asksYou')} id="asked" plans={asked} />}
            {late.length > 0 && <List title={t('carePlan.late')} id="late" plans={late} />}
            {week.length > 0 && <List title={t('carePlan.thisWeek')} id="week" plans={week} />}
            {columns.map(({ title, states }) => {
              const here = plans.filter(({ state }) => states.includes(state));
              return here.length > 0 && <List key={title} title={t(`carePlan.column.${title}`)} id={title} plans={here} />;
            })}
          </>
        );
      }}
    </Fetched>
  );
}

const isThisWeek = (at: string): boolean => at.slice(0, 10) >= careToday() && at.slice(0, 10) < dayAfter(careToday(), 7);

function List({ title, id, plans }: { title: string; id: string; plans: PlanListed[] }) {
  return (
    <Card title={`${title} (${plans.length})`} id={id}>
      <ul className={card.list}>
        {plans.map((plan) => (
          <li key={plan.id}>
            <Row plan={plan} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Row({ plan }: { plan: PlanListed }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const { patient, state, unit, coordinator, answersMissing, answerBy, meetingAt, followUpOn, overdue, uncovered } = plan;
  const name = patient.name;
  return (
    <>
      <div className={card.grow}>
        <p>
          <strong>{name}</strong> {t('patient.born', { year: patient.birthYear })}
        </p>
        <p className={card.soft}>
          {unit.name}
          {coordinator && ` · ${coordinator}`}
        </p>
        {meetingAt && (
          <p>
            {t('carePlan.meeting')}: {dayOf(meetingAt, language)} {bothClocks(meetingAt, language).care}
          </p>
        )}
        {answersMissing > 0 && answerBy && (
          <p>{t('carePlan.answersMissing', { count: answersMissing, date: dateOf(answerBy, language) })}</p>
        )}
        {followUpOn && <p>{t('carePlan.followUpBy', { date: dateOf(followUpOn, language) })}</p>}
        {uncovered.length > 0 && (
          <p>
            <span className={`${card.badge} ${card.warn}`}>{t('carePlan.uncovered', { names: uncovered.join(', ') })}</span>
          </p>
        )}
      </div>
      {overdue && <span className={`${card.badge} ${css.late}`}>{t('carePlan.isLate')}</span>}
      <span className={card.badge}>{t(`carePlan.state.${state}`)}</span>
      <Button
        aria-label={t('carePlan.openOf', { name })}
        icon={<ArrowRight aria-hidden size={22} />}
        onClick={() => void navigate(`/care-plans/${plan.id}`)}
      >
        {t('carePlan.open')}
      </Button>
    </>
  );
}
