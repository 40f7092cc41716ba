import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { UnitPlan, WeekHours } from '../../contract/scheduling.ts';
import { api } from '../app/api.ts';
import { powersOf, useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { FormsCard } from '../forms/FormsCard.tsx';
import { Fetched, Office } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useRoleAndPlace } from '../ui/person.ts';
import { useSubmit } from '../ui/useSubmit.ts';
import { AlternationCard } from './AlternationCard.tsx';
import { DelegationsCard } from './DelegationsCard.tsx';
import { QueueCard } from './QueueCard.tsx';
import { Reminders } from './Reminders.tsx';
import { Resources } from './Resources.tsx';
import { VisitTypes } from './VisitTypes.tsx';
import { isWeek, WeekEditor } from './WeekEditor.tsx';

/** What a unit offers: opening hours, kinds of visits, rooms and equipment, and when its staff work. */
export default function PlanPage() {
  const { t } = useWords();
  const { unitId = '' } = useParams();
  return (
    <Office title={t('plan.title')} for="anyStaff">
      <Plan unitId={unitId} />
    </Office>
  );
}

function Plan({ unitId }: { unitId: string }) {
  const me = useMe();
  const queries = useQueryClient();
  const found = useQuery({ queryKey: ['plan', unitId], queryFn: () => api('GET /api/units/:unitId/plan', { params: { unitId } }) });
  const use = (plan: UnitPlan): void => {
    queries.setQueryData(['plan', unitId], plan);
  };
  return (
    <Fetched of={found}>
      {(plan) => (
        <>
          <p>
            <strong>{plan.unitName}</strong>
          </p>
          <VisitTypes plan={plan} onPlan={use} />
          <FormsCard unitId={unitId} />
          <Resources plan={plan} onPlan={use} />
          <Hours key={JSON.stringify(plan.hours)} plan={plan} onPlan={use} />
          {plan.mayChange && <Reminders key={JSON.stringify(plan.reminders)} plan={plan} onPlan={use} />}
          {plan.mayChange && <AlternationCard key={String(plan.physicalEvery)} plan={plan} onPlan={use} />}
          {(plan.mayChange || me?.assignments.some((held) => held.unitId === unitId)) && <QueueCard unitId={unitId} />}
          {me && powersOf(me).care.some((held) => held.unitId === unitId) && <DelegationsCard unitId={unitId} />}
          {plan.mayChange && <Staff plan={plan} />}
        </>
      )}
    </Fetched>
  );
}

function Hours({ plan, onPlan }: { plan: UnitPlan; onPlan: (plan: UnitPlan) => void }) {
  const { t } = useWords();
  const [hours, setHours] = useState<WeekHours[]>(plan.hours);
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (isWeek(hours) ? undefined : 'hours'),
    async () => onPlan(await api('PUT /api/units/:unitId/hours', { params: { unitId: plan.unitId }, body: { hours } })),
  );
  return (
    <form onSubmit={onSubmit} noValidate>
      <Card title={t('plan.open')} id="hours">
        <p>{t('plan.openLead')}</p>
        <WeekEditor fixed={!plan.mayChange} hours={hours} empty={t(hours.length === 0 ? 'plan.always' : 'plan.shut')} onChange={setHours} />
        {(errorOf('hours') || words) && <Notice look="problem">{errorOf('hours') ?? words}</Notice>}
        {plan.mayChange && (
          <div>
            <Button type="submit" look="primary" disabled={busy}>
              {t('edit.save')}
            </Button>
          </div>
        )}
      </Card>
    </form>
  );
}

function Staff({ plan }: { plan: UnitPlan }) {
  const { t } = useWords();
  const roleAndPlace = useRoleAndPlace();
  return (
    <Card title={t('plan.staff')} id="plan-staff">
      {plan.staff.length === 0 && <p>{t('staff.none')}</p>}
      <ul className={css.list}>
        {plan.staff.map(({ assignmentId, name, role, place }) => (
          <li key={assignmentId}>
            <p className={css.grow}>
              {name ?? roleAndPlace({ role, place })} {name && <span className={css.soft}>{t(`role.${role}`)}</span>}
            </p>
            <Link to={`/schedule/${assignmentId}`}>{t('plan.hoursOf')}</Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
