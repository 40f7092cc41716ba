import { CalendarSearch } from 'lucide-react';
import { useState } from 'react';
import type { StaffSeat } from '../../contract/booking.ts';
import type { Slot } from '../../contract/scheduling.ts';
import { api, codeOf } from '../app/api.ts';
import { bothClocks, dayAfter, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Notice } from '../ui/Notice.tsx';
import { momentOf } from './careTime.ts';
import own from './FindTime.module.css';

export type Wanted = {
  unitId: string;
  date: string; // from that day on
  minutes: number;
  minutesBefore: number;
  minutesAfter: number;
  staff: Pick<StaffSeat, 'userId' | 'unitId'>[];
  resourceIds: string[];
};

const daysAhead = 28;
const mostShown = 60;

/** When all of them are free at once; a press takes the time. */
export function FindTime({ wanted, chosen, onChoose }: { wanted: Wanted; chosen: string | null; onChoose: (startsAt: string) => void }) {
  const { t, language } = useWords();
  const [slots, setSlots] = useState<Slot[] | null>(null);
  const [asked, setAsked] = useState('');
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const [busy, setBusy] = useState(false);
  const { unitId, date, minutes, minutesBefore, minutesAfter, staff, resourceIds } = wanted;
  const key = JSON.stringify({ ...wanted, date: '' }); // a time that is taken changes the date, and the others stay to choose
  const search = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const needs = [
      ...staff.map(({ userId, unitId: at }) => ({ staff: [{ userId, unitId: at }] })),
      ...resourceIds.map((id) => ({ resources: [id] })),
    ];
    try {
      const from = momentOf(date, '00:00');
      const until = momentOf(dayAfter(date, daysAhead), '00:00');
      const body = { unitId, from, until, minutes, minutesBefore, minutesAfter, needs, limit: mostShown };
      setSlots(await api('POST /api/slots/search', { body }));
      setAsked(key);
    } catch (error) {
      setProblem(codeOf(error));
    }
    setBusy(false);
  };
  const shown = asked === key ? slots : null; // what was asked for has changed: the answer is no answer any more
  return (
    <div className={own.find}>
      <div>
        <Button disabled={busy || !date} icon={<CalendarSearch aria-hidden size={22} />} onClick={() => void search()}>
          {t('slots.find')}
        </Button>
      </div>
      {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
      <div aria-live="polite">{shown?.length === 0 && <Notice>{t('slots.none', { count: daysAhead / 7 })}</Notice>}</div>
      {shown && shown.length > 0 && (
        <div className={own.days}>
          {[...Map.groupBy(shown, ({ startsAt }) => dayOf(startsAt, language))].map(([day, times]) => (
            <section key={day} aria-label={day}>
              <h3 className={own.day}>{day}</h3>
              <ul className={own.times}>
                {times.map(({ startsAt }) => {
                  const { care, here } = bothClocks(startsAt, language);
                  return (
                    <li key={startsAt}>
                      <Button
                        aria-pressed={startsAt === chosen}
                        aria-label={t('slots.take', { day, time: care })}
                        onClick={() => onChoose(startsAt)}
                      >
                        <span>
                          {care}
                          {here && <small className={css.soft}> {t('today.yourTime', { time: here })}</small>}
                        </span>
                      </Button>
                    </li>
                  );
                })}
              </ul>
            </section>
          ))}
        </div>
      )}
    </div>
  );
}
