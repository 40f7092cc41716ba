import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { StaffSchedule, WeekHours } from '../../contract/scheduling.ts';
import { api } from '../app/api.ts';
import { useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Fetched, Office } from '../office/Office.tsx';
import { OwnFeed } from '../office/OwnFeed.tsx';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Select } from '../ui/Choices.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { Exceptions } from './Exceptions.tsx';
import { isWeek, WeekEditor } from './WeekEditor.tsx';

/** When somebody works by an assignment: one's own, or that of staff whom one plans. */
export default function SchedulePage() {
  const { t } = useWords();
  const { assignmentId } = useParams();
  return (
    <Office title={t(assignmentId ? 'plan.hoursOf' : 'plan.mine')} for="anyStaff">
      {assignmentId ? <Schedule assignmentId={assignmentId} /> : <Own />}
    </Office>
  );
}

function Own() {
  const { t } = useWords();
  const me = useMe();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState(me?.assignments[0]?.id ?? me?.choices[0]?.id ?? '');
  const choices = me?.choices ?? [];
  if (!choices.some(({ id }) => id === chosen)) return <Button onClick={() => void navigate('/today')}>{t('app.today')}</Button>;
  return (
    <>
      {choices.length > 1 && (
        <Select
          label={t('plan.which')}
          value={chosen}
          onChange={setChosen}
          options={choices.map(({ id, role, unitName }) => ({ value: id, label: `${t(`role.${role}`)}, ${unitName}` }))}
        />
      )}
      <Schedule key={chosen} assignmentId={chosen} />
      <OwnFeed />
    </>
  );
}

function Schedule({ assignmentId }: { assignmentId: string }) {
  const queries = useQueryClient();
  const queryKey = ['schedule', assignmentId];
  const found = useQuery({ queryKey, queryFn: () => api('GET /api/assignments/:assignmentId/schedule', { params: { assignmentId } }) });
  const use = (schedule: StaffSchedule): void => {
    queries.setQueryData(queryKey, schedule);
  };
  return (
    <Fetched of={found}>
      {(schedule) => (
        <>
          <Week schedule={schedule} onSchedule={use} />
          <Exceptions schedule={schedule} onSchedule={use} />
        </>
      )}
    </Fetched>
  );
}

/** Where staff are; any other zone that is in use stays to choose. */
const zones = [
  'Europe/Stockholm',
  'Europe/Helsinki',
  'Europe/Lisbon',
  'Europe/Madrid',
  'Atlantic/Canary',
  'Europe/Athens',
  'Europe/London',
];

function Week({ schedule, onSchedule }: { schedule: StaffSchedule; onSchedule: (schedule: StaffSchedule) => void }) {
  const { t } = useWords();
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [hours, setHours] = useState<WeekHours[]>(schedule.hours);
  const [zone, setZone] = useState(schedule.hours.length > 0 ? schedule.zone : here);
  const [saved, setSaved] = useState(false);
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (isWeek(hours) ? undefined : 'hours'),
    async () => {
      const params = { assignmentId: schedule.assignmentId };
      onSchedule(await api('PUT /api/assignments/:assignmentId/schedule', { params, body: { zone, hours } }));
      setSaved(true);
    },
  );
  return (
    <form onSubmit={onSubmit} onChange={() => setSaved(false)} noValidate>
      <Card title={t('plan.hoursOf')} id="week">
        <Select
          label={t('plan.zone')}
          value={zone}
          onChange={setZone}
          options={[...new Set([...zones, schedule.zone, here])].map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
        />
        <WeekEditor hours={hours} empty={t('plan.closed')} onChange={setHours} />
        {(errorOf('hours') || words) && <Notice look="problem">{errorOf('hours') ?? words}</Notice>}
        {saved && <Notice>{t('plan.saved')}</Notice>}
        <div>
          <Button type="submit" look="primary" disabled={busy}>
            {t('edit.save')}
          </Button>
        </div>
      </Card>
    </form>
  );
}
