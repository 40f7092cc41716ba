import { useQuery } from '@tanstack/react-query';
import { Stethoscope } from 'lucide-react';
import type { Suitability, SuitabilityQuestion } from '../../contract/suitability.ts';
import { api } from '../app/api.ts';
import { dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';

export type SuitabilityDraft = Partial<Record<SuitabilityQuestion, boolean>> & { reason: string };
export const noSuitability: SuitabilityDraft = { reason: '' };

const questions = ['assessable', 'information', 'person', 'private', 'physical'] as const satisfies readonly SuitabilityQuestion[];

/** What was answered, if all of it was; else the name of the field that is missing, or null if nothing was begun. */
export function suitabilityOf(draft: SuitabilityDraft): Suitability | 'suitability' | 'suitabilityReason' | null {
  const { assessable, information, person, private: unheard, physical } = draft;
  const answers = [assessable, information, person, unheard, physical];
  if (answers.every((answer) => answer === undefined)) return null;
  if (assessable === undefined || information === undefined || person === undefined || unheard === undefined || physical === undefined)
    return 'suitability';
  if (answers.includes(false) && !draft.reason.trim()) return 'suitabilityReason';
  return { assessable, information, person, private: unheard, physical, reason: draft.reason.trim() || null };
}

type Props = {
  unitId: string;
  patientId: string;
  draft: SuitabilityDraft;
  onChange: (draft: SuitabilityDraft) => void;
  onPhysical: () => void;
  errorOf: (field: string) => string | undefined;
};

/** Whether video is right for this visit; at one press it becomes one in person. */
export function SuitabilityFields({ unitId, patientId, draft, onChange, onPhysical, errorOf }: Props) {
  const { t, language } = useWords();
  const { data } = useQuery({
    queryKey: ['alternation', unitId, patientId],
    queryFn: () => api('GET /api/units/:unitId/patients/:patientId/alternation', { params: { unitId, patientId } }),
    refetchOnWindowFocus: false, // each reading is in the audit
  });
  const doubts = questions.some((question) => draft[question] === false);
  const toPhysical = (
    <div>
      <Button icon={<Stethoscope aria-hidden size={22} />} onClick={onPhysical}>
        {t('suitability.makePhysical')}
      </Button>
    </div>
  );
  return (
    <Card title={t('suitability.title')} id="suitability">
      {data && data.remoteSince > 0 && (
        <p>
          {t('suitability.since', { count: data.remoteSince })}{' '}
          {data.lastPhysicalAt && t('suitability.last', { day: dayOf(data.lastPhysicalAt, language) })}
        </p>
      )}
      {data?.due && (
        <>
          <Notice>{t('suitability.due', { count: data.every ?? 0 })}</Notice>
          {!doubts && toPhysical}
        </>
      )}
      <details className={css.card} open={doubts || errorOf('suitability') !== undefined || undefined}>
        <summary>{t('suitability.ask')}</summary>
        <div style={{ display: 'grid', gap: 16, marginTop: 16 }} data-field="suitability">
          {questions.map((question) => {
            const answer = draft[question];
            return (
              <Radios
                key={question}
                legend={t(`suitability.question.${question}`)}
                value={answer === undefined ? null : answer ? 'yes' : 'no'}
                onChange={(said) => onChange({ ...draft, [question]: said === 'yes' })}
                options={[
                  { value: 'yes', label: t('queue.yes') },
                  { value: 'no', label: t('queue.no') },
                ]}
              />
            );
          })}
          {errorOf('suitability') && <Notice look="problem">{errorOf('suitability')}</Notice>}
        </div>
      </details>
      {doubts && (
        <>
          <Notice>{t('suitability.doubts')}</Notice>
          {toPhysical}
          <Field
            name="suitabilityReason"
            label={t('suitability.reason')}
            value={draft.reason}
            onChange={(reason) => onChange({ ...draft, reason })}
            error={errorOf('suitabilityReason')}
            maxLength={300}
          />
        </>
      )}
    </Card>
  );
}
