import { ChevronLeft, ChevronRight } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import type { VisitListed } from '../../contract/visits.ts';
import { powersOf, useMe } from '../app/me.ts';
import { careToday, dayAfter, dayOf } from '../app/times.ts';
import { openBook, useWords } from '../app/words.ts';
import { Unanswered } from '../conversation/Unanswered.tsx';
import { Fetched, Office } from '../office/Office.tsx';
import { Line } from '../queue/Line.tsx';
import { RoundsToday } from '../rounds/RoundsToday.tsx';
import { Button } from '../ui/Button.tsx';
import { Check } from '../ui/Choices.tsx';
import { Letters } from './Letters.tsx';
import { Requests } from './Requests.tsx';
import css from './TodayPage.module.css';
import { useToday } from './useToday.ts';
import { VisitCard, waitersOf } from './VisitCard.tsx';

const PlanTasks = lazy(async () => (await Promise.all([import('../careplan/PlanTasks.tsx'), openBook('plan')]))[0]);

/** A member of staff's day: who waits, the visits, and in at one press. */
export default function TodayPage() {
  const { t } = useWords();
  return (
    <Office title={t('today.title')} for="anyStaff">
      <Day />
    </Office>
  );
}

function Day() {
  const { t, language } = useWords();
  const [day, setDay] = useState(careToday);
  const [mineOnly, setMineOnly] = useState(false);
  const me = useMe();
  const visits = useToday(day);
  const today = day === careToday();
  return (
    <>
      <div className={css.bar}>
        <Button aria-label={t('today.before')} icon={<ChevronLeft aria-hidden size={24} />} onClick={() => setDay(dayAfter(day, -1))} />
        <p className={css.day} aria-live="polite">
          {today && <strong>{t('today.today')}</strong>} {dayOf(`${day}T12:00:00Z`, language)}
        </p>
        <Button aria-label={t('today.after')} icon={<ChevronRight aria-hidden size={24} />} onClick={() => setDay(dayAfter(day, 1))} />
        {!today && <Button onClick={() => setDay(careToday())}>{t('today.toToday')}</Button>}
        <Check checked={mineOnly} onChange={setMineOnly}>
          {t('today.mineOnly')}
        </Check>
      </div>
      {me && powersOf(me).care.length > 0 && <Requests />}
      {me && powersOf(me).care.length > 0 && <Letters />}
      {me && powersOf(me).care.length > 0 && <Unanswered />}
      {me && powersOf(me).care.map((unit) => <Line key={unit.id} unit={unit} />)}
      <RoundsToday day={day} />
      {today && (
        <Suspense>
          <PlanTasks />
        </Suspense>
      )}
      <Fetched of={visits}>{(all) => <Visits visits={all.filter(({ mine }) => mine || !mineOnly)} />}</Fetched>
    </>
  );
}

/** Who waits comes first; the rest in order of time. */
function Visits({ visits }: { visits: VisitListed[] }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const me = useMe();
  const urgent = visits.filter((visit) => visit.emergency || visit.waitingSince || waitersOf(visit).length > 0);
  const rest = visits.filter((visit) => !urgent.includes(visit));
  if (visits.length === 0)
    return (
      <div className={css.empty}>
        <h2>{t('today.none')}</h2>
        <p>{t(me?.assignments.length === 0 ? 'today.noAssignment' : 'today.noneLead')}</p>
        {me && powersOf(me).care.length > 0 && (
          <Button look="primary" onClick={() => void navigate('/book')}>
            {t('app.book')}
          </Button>
        )}
      </div>
    );
  return (
    <>
      {urgent.length > 0 && <List title={t('today.waitingNow')} visits={urgent} />}
      {rest.length > 0 && <List title={t('today.all')} visits={rest} />}
    </>
  );
}

function List({ title, visits }: { title: string; visits: VisitListed[] }) {
  return (
    <section className={css.section} aria-label={title}>
      <h2>{title}</h2>
      <ul className={css.list}>
        {visits.map((visit) => (
          <li key={visit.id}>
            <VisitCard visit={visit} />
          </li>
        ))}
      </ul>
    </section>
  );
}
