import { useQueryClient } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import { useState } from 'react';
import type { CalendarEntry } from '../../contract/calendar.ts';
import { api } from '../app/api.ts';
import { powersOf, useMe } from '../app/me.ts';
import { bothClocks } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { momentOf } from '../booking/careTime.ts';
import { Doubled } from '../booking/Doubled.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Check } from '../ui/Choices.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSubmit } from '../ui/useSubmit.ts';

type Props = { entry: CalendarEntry; unitId: string; date: string; time: string; onClose: () => void };

/** Where a visit was let go, or by the keyboard: the new time is read through once before everybody hears of it. */
export function MoveDialog({ entry, unitId, date: toDate, time: toTime, onClose }: Props) {
  const { t, language } = useWords();
  const me = useMe();
  const nameOf = useNameOf();
  const queries = useQueryClient();
  const [date, setDate] = useState(toDate);
  const [time, setTime] = useState(toTime);
  const [doubled, setDoubled] = useState('');
  const [following, setFollowing] = useState(false);
  const { onSubmit, busy, errorOf, field, words } = useSubmit(
    () => (date && time ? undefined : 'startsAt'),
    async () => {
      const body = { startsAt: momentOf(date, time), basedOn: entry.version, doubled: doubled.trim() || null, following };
      await api('POST /api/visits/:visitId/move', { params: { visitId: entry.visitId }, body });
      await queries.invalidateQueries({ queryKey: ['calendar'] });
      onClose();
    },
    () => void queries.invalidateQueries({ queryKey: ['calendar'] }).then(onClose),
  );
  const takenId = field?.startsWith('taken.') ? field.slice('taken.'.length) : null;
  const person = entry.staff.find(({ userId }) => userId === takenId);
  const taken = person ? nameOf(person) : (entry.resources.find(({ id }) => id === takenId)?.name ?? t('slots.somebody'));
  const mayDouble = me ? powersOf(me).doubles.some((held) => held.unitId === unitId) : false;
  const here = date && time ? bothClocks(momentOf(date, time), language).here : null;
  return (
    <DialogFrame title={t('calendar.moveTitle', { name: entry.patient.name })} onClose={onClose}>
      <form onSubmit={onSubmit} noValidate style={{ display: 'grid', gap: 16 }}>
        <p>{t('calendar.moveLead')}</p>
        <div className={css.pair}>
          <Field name="startsAt" type="date" label={t('book.date')} value={date} onChange={setDate} error={errorOf('startsAt')} />
          <Field
            name="time"
            type="time"
            label={t('book.time')}
            hint={here ? t('today.yourTime', { time: here }) : undefined}
            value={time}
            onChange={setTime}
          />
        </div>
        {entry.inSeries && (
          <Check checked={following} onChange={setFollowing}>
            {t('series.moveFollowing')}
          </Check>
        )}
        {words && <Notice look="problem">{words}</Notice>}
        {takenId && <Doubled takenName={taken} why={doubled} onWhy={setDoubled} mayDouble={mayDouble} />}
        <Button type="submit" look="primary" wide disabled={busy} icon={<CalendarClock aria-hidden size={22} />}>
          {t('calendar.move')}
        </Button>
      </form>
    </DialogFrame>
  );
}
