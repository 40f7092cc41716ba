import { useState } from 'react';
import type { VisitRecord } from '../../contract/record.ts';
import type { ParticipantView } from '../../contract/visits.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSubmit } from '../ui/useSubmit.ts';
import { useAct } from './useAct.ts';

/** When in the visit somebody close to the patient comes. */
export function SlotForm({ record, person, onDone }: { record: VisitRecord; person: ParticipantView; onDone: () => void }) {
  const { t } = useWords();
  const name = useNameOf()(person);
  const { act } = useAct(record.id);
  const [after, setAfter] = useState(String(person.slot?.after ?? 0));
  const [minutes, setMinutes] = useState(String(person.slot?.minutes ?? Math.min(10, record.details.durationMinutes)));
  const params = { visitId: record.id, participantId: person.id };
  const put = async (slot: ParticipantView['slot']): Promise<void> => {
    await api('PUT /api/visits/:visitId/people/:participantId/slot', { params, body: { slot } });
    await act(async () => undefined);
    onDone();
  };
  const fits = Number(minutes) >= 5 && Number(after) >= 0 && Number(after) + Number(minutes) <= record.details.durationMinutes;
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (fits ? undefined : 'slot'),
    () => put({ after: Number(after), minutes: Number(minutes) }),
  );
  const problem = errorOf('slot') ?? words;
  return (
    <form onSubmit={onSubmit} noValidate className={css.card} aria-label={t('slot.set', { name })}>
      <p>{t('slot.lead')}</p>
      <div className={css.pair} data-field="slot">
        <Field name="after" type="number" label={t('slot.after')} value={after} onChange={setAfter} />
        <Field name="minutes" type="number" label={t('slot.minutes')} value={minutes} onChange={setMinutes} />
      </div>
      {problem && <Notice look="problem">{problem}</Notice>}
      <div className={css.row}>
        <Button type="submit" look="primary" disabled={busy}>
          {t('edit.save')}
        </Button>
        {person.slot && (
          <Button disabled={busy} onClick={() => void act(() => put(null))}>
            {t('slot.whole')}
          </Button>
        )}
        <Button look="quiet" onClick={onDone}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}
