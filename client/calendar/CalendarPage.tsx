import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, Printer } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { CalendarEntry, UnitCalendar } from '../../contract/calendar.ts';
import { api } from '../app/api.ts';
import { powersOf, useMe } from '../app/me.ts';
import { careToday, dayAfter, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { fieldsOf } from '../booking/careTime.ts';
import { Fetched, Office } from '../office/Office.tsx';
import { useListChanges } from '../office/useListChanges.ts';
import today from '../today/TodayPage.module.css';
import { Button } from '../ui/Button.tsx';
import { Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { useNameOf } from '../ui/person.ts';
import { Board } from './Board.tsx';
import css from './CalendarPage.module.css';
import { DayList } from './DayList.tsx';
import { busyOn, columnsBy, mondayOf, monthFrom, timeAt } from './layout.ts';
import { Month } from './Month.tsx';
import { MoveDialog } from './MoveDialog.tsx';
import type { Dragged } from './useDrag.ts';

/** A unit's days: by person or by thing, a week, a month. What stands there is moved by hand, or by keys. */
export default function CalendarPage() {
  const { t } = useWords();
  return (
    <Office title={t('calendar.title')} for="takesPart" wide>
      <Units />
    </Office>
  );
}

const views = ['staff', 'resources', 'week', 'month'] as const;
type View = (typeof views)[number];
const isView = (text: string | null): text is View => views.some((view) => view === text);

function Units() {
  const { t } = useWords();
  const me = useMe();
  const [query, setQuery] = useSearchParams();
  const care = me ? powersOf(me).care : [];
  const units = care.filter(({ unitId }, index) => care.findIndex((other) => other.unitId === unitId) === index);
  const unit = units.find(({ unitId }) => unitId === query.get('unit')) ?? units[0];
  if (!unit) return <p>{t('book.noUnit')}</p>;
  const asked = query.get('view');
  const view = isView(asked) ? asked : 'staff';
  const day = query.get('day') ?? careToday();
  const go = (part: { unit?: string; view?: View; day?: string }): void =>
    setQuery({ unit: unit.unitId, view, day, ...part }, { replace: true });
  return (
    <>
      <div className={css.bar}>
        {units.length > 1 && (
          <Select
            label={t('calendar.unit')}
            value={unit.unitId}
            onChange={(unitId) => go({ unit: unitId })}
            options={units.map(({ unitId, unitName }) => ({ value: unitId, label: unitName }))}
          />
        )}
        <Select
          label={t('calendar.view')}
          value={view}
          onChange={(chosen) => go({ view: chosen })}
          options={views.map((value) => ({ value, label: t(`calendar.views.${value}`) }))}
        />
      </div>
      <Days unitId={unit.unitId} unitName={unit.unitName} view={view} day={day} onGo={go} />
    </>
  );
}

const rangeOf = (view: View, day: string): { from: string; days: number } =>
  view === 'month' ? { from: monthFrom(day), days: 42 } : view === 'week' ? { from: mondayOf(day), days: 7 } : { from: day, days: 1 };

function step(view: View, day: string, direction: 1 | -1): string {
  if (view !== 'month') return dayAfter(day, direction * (view === 'week' ? 7 : 1));
  return `${dayAfter(`${day.slice(0, 7)}-15`, direction * 30).slice(0, 7)}-01`;
}

type DaysProps = {
  unitId: string;
  unitName: string;
  view: View;
  day: string;
  onGo: (part: { view?: View; day?: string }) => void;
};

function Days({ unitId, unitName, view, day, onGo }: DaysProps) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  useListChanges(() => void queries.invalidateQueries({ queryKey: ['calendar'] }));
  const { from, days } = rangeOf(view, day);
  const found = useQuery({
    queryKey: ['calendar', unitId, from, days],
    queryFn: () => api('GET /api/units/:unitId/calendar', { params: { unitId }, query: { from, days: String(days) } }),
    placeholderData: keepPreviousData,
  });
  const month = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const title =
    view === 'month'
      ? month.format(new Date(`${day}T12:00:00Z`))
      : view === 'week'
        ? t('calendar.weekFrom', { day: dayOf(`${from}T12:00:00Z`, language) })
        : dayOf(`${day}T12:00:00Z`, language);
  return (
    <>
      <div className={`${today.bar} ${css.bar}`}>
        <Button
          aria-label={t(`calendar.before.${view}`)}
          icon={<ChevronLeft aria-hidden size={24} />}
          onClick={() => onGo({ day: step(view, day, -1) })}
        />
        <p className={today.day} aria-live="polite">
          <strong>{title}</strong>
        </p>
        <Button
          aria-label={t(`calendar.after.${view}`)}
          icon={<ChevronRight aria-hidden size={24} />}
          onClick={() => onGo({ day: step(view, day, 1) })}
        />
        <Field name="day" type="date" label={t('calendar.toDay')} value={day} onChange={(chosen) => chosen && onGo({ day: chosen })} />
        {day !== careToday() && <Button onClick={() => onGo({ day: careToday() })}>{t('today.toToday')}</Button>}
        {(view === 'staff' || view === 'resources') && (
          <Button icon={<Printer aria-hidden size={20} />} onClick={() => print()}>
            {t('calendar.print')}
          </Button>
        )}
      </div>
      <Fetched of={found}>
        {(calendar) => (
          <Drawn
            key={`${view} ${unitId}`}
            unitId={unitId}
            unitName={unitName}
            view={view}
            day={day}
            label={title}
            calendar={calendar}
            onGo={onGo}
          />
        )}
      </Fetched>
    </>
  );
}

function Drawn({ unitId, unitName, view, day, label, calendar, onGo }: DaysProps & { label: string; calendar: UnitCalendar }) {
  const { t, language } = useWords();
  const nameOf = useNameOf();
  const [chosen, setChosen] = useState('');
  const [moving, setMoving] = useState<Dragged | null>(null);
  const rest = t(view === 'resources' ? 'calendar.noThing' : 'calendar.nobody');
  const dialog = moving && (
    <MoveDialog entry={moving.entry} unitId={unitId} date={moving.day} time={timeAt(moving.minute)} onClose={() => setMoving(null)} />
  );
  if (view === 'staff' || view === 'resources') {
    const columns = columnsBy(view, calendar, day, { nameOf, rest });
    return (
      <>
        {columns.length === 0 ? <p>{t('calendar.none')}</p> : <Board columns={columns} label={label} onMove={setMoving} />}
        <DayList day={day} unitName={unitName} entries={calendar.entries.filter(({ startsAt }) => fieldsOf(startsAt).date === day)} />
        {dialog}
      </>
    );
  }
  const isWhose = ({ staff, resources }: CalendarEntry): boolean =>
    staff.some(({ userId }) => userId === chosen) || resources.some(({ id }) => id === chosen);
  const whose = calendar.entries.some(isWhose) ? chosen : ''; // who has nothing here is no choice
  const entries = whose === '' ? calendar.entries : calendar.entries.filter(isWhose);
  const monday = mondayOf(day);
  const columns = Array.from({ length: 7 }, (_, index) => dayAfter(monday, index)).map((date) => ({
    key: date,
    title: dayShort(date, language),
    day: date,
    entries: entries.filter(({ startsAt }) => fieldsOf(startsAt).date === date),
    busy: whose === '' ? [] : busyOn(calendar.busy, whose, date),
  }));
  return (
    <>
      <Whose entries={calendar.entries} whose={whose} onWhose={setChosen} />
      {view === 'week' ? (
        <Board columns={columns} label={label} onMove={setMoving} />
      ) : (
        <Month month={day} entries={entries} label={label} onDay={(chosen) => onGo({ view: 'staff', day: chosen })} />
      )}
      {dialog}
    </>
  );
}

const dayShort = (day: string, language: string): string =>
  new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T12:00:00Z`),
  );

/** Everybody and everything, or one of them. */
function Whose({ entries, whose, onWhose }: { entries: CalendarEntry[]; whose: string; onWhose: (id: string) => void }) {
  const { t } = useWords();
  const nameOf = useNameOf();
  const people = new Map(entries.flatMap(({ staff }) => staff.map((one) => [one.userId, nameOf(one)] as const)));
  const things = new Map(entries.flatMap(({ resources }) => resources.map(({ id, name }) => [id, name] as const)));
  const options = [...people, ...things].map(([value, label]) => ({ value, label }));
  if (options.length < 2) return null;
  return (
    <div className={css.bar}>
      <Select
        label={t('calendar.whose')}
        value={whose}
        onChange={onWhose}
        options={[{ value: '', label: t('calendar.all') }, ...options]}
      />
    </div>
  );
}
