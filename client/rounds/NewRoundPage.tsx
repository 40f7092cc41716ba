import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Colleague } from '../../contract/booking.ts';
import { api } from '../app/api.ts';
import { powersOf, useMe } from '../app/me.ts';
import { careToday } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { momentOf } from '../booking/careTime.ts';
import { ColleagueSearch } from '../booking/StaffPicker.tsx';
import { newId } from '../media/newId.ts';
import { Office } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSubmit } from '../ui/useSubmit.ts';

/** Plans a round: where, when, with which doctor. The list is made on the next page. */
export default function NewRoundPage() {
  const { t } = useWords();
  return (
    <Office title={t('round.new')} for="takesPart" narrow>
      <NewRound />
    </Office>
  );
}

function NewRound() {
  const { t } = useWords();
  const me = useMe();
  const navigate = useNavigate();
  const nameOf = useNameOf();
  const units = me ? powersOf(me).care : [];
  const [unitId, setUnitId] = useState(units[0]?.unitId ?? '');
  const [day, setDay] = useState(careToday);
  const [clock, setClock] = useState('');
  const [minutes, setMinutes] = useState('10');
  const [doctor, setDoctor] = useState<Colleague | null>(null);
  const id = useRef(newId());
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => [
      ...(day ? [] : ['day']),
      ...(/^\d{2}:\d{2}$/.test(clock) ? [] : ['clock']),
      ...(/^\d+$/.test(minutes) && Number(minutes) >= 5 && Number(minutes) <= 60 ? [] : ['minutesEach']),
      ...(doctor ? [] : ['doctor']),
    ],
    async () => {
      if (!me || !doctor) return;
      await api('POST /api/rounds', {
        body: {
          id: id.current,
          unitId,
          startsAt: momentOf(day, clock),
          minutesEach: Number(minutes),
          doctor: { userId: doctor.userId, unitId: doctor.unitId },
          bedside: [{ userId: me.userId, unitId }],
        },
      });
      await navigate(`/rounds/${id.current}`);
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate>
      <Card title={t('round.whenAndWho')} id="new-round">
        <Select
          label={t('book.unit')}
          value={unitId}
          onChange={setUnitId}
          options={units.map((unit) => ({ value: unit.unitId, label: unit.unitName }))}
        />
        <div className={css.pair}>
          <Field
            name="day"
            label={t('round.day')}
            type="date"
            value={day}
            onChange={setDay}
            error={errorOf('day') ?? errorOf('startsAt')}
          />
          <Field name="clock" label={t('round.clock')} type="time" value={clock} onChange={setClock} error={errorOf('clock')} />
          <Field
            name="minutesEach"
            label={t('round.minutesEach')}
            inputMode="numeric"
            value={minutes}
            onChange={setMinutes}
            error={errorOf('minutesEach')}
            maxLength={2}
          />
        </div>
        <h3>{t('round.doctor')}</h3>
        {doctor ? (
          <div className={css.row}>
            <p className={css.grow}>
              <strong>{nameOf(doctor)}</strong> · {doctor.unitName}
            </p>
            <Button onClick={() => setDoctor(null)}>{t('edit.change')}</Button>
          </div>
        ) : (
          <ColleagueSearch without={[]} onAdd={setDoctor} />
        )}
        {errorOf('doctor') && (
          <p role="alert">
            <strong>{errorOf('doctor')}</strong>
          </p>
        )}
        {words && <Notice look="problem">{words}</Notice>}
        <div>
          <Button type="submit" look="primary" disabled={busy}>
            {t('round.plan')}
          </Button>
        </div>
      </Card>
    </form>
  );
}
