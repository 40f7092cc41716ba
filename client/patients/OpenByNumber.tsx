import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

const reasons = ['referral', 'advice', 'transfer', 'urgentVisit', 'lifeThreatening', 'cannotAnswer'] as const;
type Reason = (typeof reasons)[number];

/** Opens a patient with whom the unit has no care relation: by number, with a reason that the unit head sees. */
export function OpenByNumber() {
  const { t } = useWords();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [number, setNumber] = useState('');
  const [reason, setReason] = useState<Reason | null>(null);
  const [note, setNote] = useState('');
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (number.trim() ? (reason ? undefined : 'reason') : 'number'),
    async () => {
      if (!reason) return;
      const { patientId } = await api('POST /api/openings', { body: { number, reason, note } });
      await navigate(`/patients/${patientId}`);
    },
  );
  if (!open)
    return (
      <div>
        <Button icon={<KeyRound aria-hidden size={22} />} onClick={() => setOpen(true)}>
          {t('opening.begin')}
        </Button>
      </div>
    );
  return (
    <form className={css.card} onSubmit={onSubmit} noValidate aria-label={t('opening.begin')}>
      <Notice>{t('opening.seen')}</Notice>
      <Field
        name="number"
        label={t('patients.number')}
        value={number}
        onChange={setNumber}
        error={errorOf('number')}
        autoComplete="off"
        maxLength={24}
      />
      <Radios
        legend={t('opening.why')}
        field="reason"
        value={reason}
        onChange={setReason}
        options={reasons.map((value) => ({ value, label: t(`openingReason.${value}`) }))}
      />
      {errorOf('reason') && <Notice look="problem">{errorOf('reason')}</Notice>}
      <Field name="note" rows={2} label={t('opening.note')} value={note} onChange={setNote} error={errorOf('note')} maxLength={500} />
      {words && <Notice look="problem">{words}</Notice>}
      <div className={css.row}>
        <Button type="submit" look="primary" disabled={busy}>
          {t('opening.open')}
        </Button>
        <Button look="quiet" onClick={() => setOpen(false)}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}
