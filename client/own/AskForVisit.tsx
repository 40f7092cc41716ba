import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { newId } from '../media/newId.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

/** The patient asks a unit of theirs for a visit, in a few words of their own. */
export function AskForVisit() {
  const { t } = useWords();
  const queries = useQueryClient();
  const units = useQuery({ queryKey: ['own units'], queryFn: () => api('GET /api/my/units') });
  const [open, setOpen] = useState(false);
  const [visitId, setVisitId] = useState(newId); // a resend is the same request
  const [unitId, setUnitId] = useState<string | null>(null);
  const [about, setAbout] = useState('');
  const unit = units.data?.find((one) => one.unitId === unitId) ?? units.data?.[0];
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (about.trim() ? undefined : 'about'),
    async () => {
      if (!unit) return;
      await api('POST /api/my/requests', { body: { visitId, patientId: unit.patientId, unitId: unit.unitId, about } });
      setAbout('');
      setVisitId(newId());
      setOpen(false);
      await queries.invalidateQueries({ queryKey: ['own'] });
    },
  );
  if (!unit) return null;
  if (!open)
    return (
      <div>
        <Button icon={<CalendarPlus aria-hidden size={22} />} onClick={() => setOpen(true)}>
          {t('requests.ask')}
        </Button>
      </div>
    );
  return (
    <form onSubmit={onSubmit} noValidate>
      <Card title={t('requests.ask')} id="ask">
        <p>{t('requests.askLead')}</p>
        <Select
          label={t('book.unit')}
          value={unit.unitId}
          onChange={setUnitId}
          options={(units.data ?? []).map(({ unitId: value, name: label }) => ({ value, label }))}
        />
        <Field name="about" label={t('requests.about')} value={about} onChange={setAbout} error={errorOf('about')} maxLength={500} />
        {words && <Notice look="problem">{words}</Notice>}
        <div className={css.row}>
          <Button type="submit" look="primary" disabled={busy}>
            {t('requests.send')}
          </Button>
          <Button look="quiet" onClick={() => setOpen(false)}>
            {t('app.cancel')}
          </Button>
        </div>
      </Card>
    </form>
  );
}
