import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, codeOf } from '../app/api.ts';
import { bothClocks } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { useProof } from '../identity/useProof.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';

const reasons = ['lifeThreatening', 'cannotAnswer'] as const;
type Reason = (typeof reasons)[number];

/** In stages: first why, then at which unit, then for a few hours. The unit's head is told. */
export function EmergencyAccess({ patientId, onDone }: { patientId: string; onDone: () => void }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const { proving, dialog } = useProof();
  const [reason, setReason] = useState<Reason | null>(null);
  const [units, setUnits] = useState<{ unitId: string; unitName: string }[] | null>(null);
  const [note, setNote] = useState('');
  const [until, setUntil] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const params = { patientId };
  const run = (task: () => Promise<void>): void => {
    setProblem(null);
    proving(task).catch((error: unknown) => setProblem(t(`error.${codeOf(error)}`)));
  };
  const look = (): void => {
    if (!reason) return setProblem(t('field.reason'));
    run(async () => setUnits(await api('POST /api/patients/:patientId/emergency/look', { params, body: { reason } })));
  };
  const open = (unitId: string): void => {
    if (!reason || !note.trim()) return setProblem(t('field.note'));
    run(async () => {
      setUntil((await api('POST /api/patients/:patientId/emergency/open', { params, body: { unitId, reason, note } })).until);
      await queries.invalidateQueries({ queryKey: ['patient visits', patientId] });
      await queries.invalidateQueries({ queryKey: ['continuity', patientId] });
    });
  };
  return (
    <section className={css.card} aria-label={t('block.emergency')}>
      <p>{t('block.emergencyLead')}</p>
      {until ? (
        <Notice>{t('block.opened', { time: bothClocks(until, language).care })}</Notice>
      ) : units === null ? (
        <>
          <Radios
            legend={t('opening.why')}
            field="reason"
            value={reason}
            onChange={setReason}
            options={reasons.map((value) => ({ value, label: t(`openingReason.${value}`) }))}
          />
          <div className={css.row}>
            <Button look="danger" onClick={look}>
              {t('block.look')}
            </Button>
            <Button look="quiet" onClick={onDone}>
              {t('app.cancel')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <Field name="note" rows={2} label={t('block.noteWanted')} value={note} onChange={setNote} maxLength={500} />
          <ul className={css.list}>
            {units.map(({ unitId, unitName }) => (
              <li key={unitId}>
                <span className={css.grow}>{unitName}</span>
                <Button look="danger" aria-label={t('block.openName', { unit: unitName })} onClick={() => open(unitId)}>
                  {t('block.open')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {problem && <Notice look="problem">{problem}</Notice>}
      {dialog}
    </section>
  );
}
