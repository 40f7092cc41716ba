import { useState } from 'react';
import type { Brief, Round, RoundItem } from '../../contract/rounds.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import css from '../ui/Card.module.css';
import { Check, Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { useRoundAct } from './useRound.ts';

const empty: Brief = {
  situation: '',
  background: '',
  assessment: '',
  recommendation: '',
  questions: '',
  medicines: '',
  informed: null,
  allergies: null,
  warnings: null,
  careLevel: null,
  hearing: null,
  sight: null,
};
const told = ['situation', 'background', 'assessment', 'recommendation', 'questions', 'medicines'] as const;
const standing = ['allergies', 'warnings', 'hearing', 'sight'] as const;
const noCareLevel = { decision: '', by: '', on: '', source: '' };

/** SBAR, the questions, and what has to be known about the person. What is left empty is unknown. */
export function BriefForm({ round, item, onDone }: { round: Round; item: RoundItem; onDone: () => void }) {
  const { t } = useWords();
  const [brief, setBrief] = useState(item.brief ?? empty);
  const [level, setLevel] = useState(item.brief?.careLevel ?? noCareLevel);
  const [ready, setReady] = useState(item.briefReady);
  const { act, dialog } = useRoundAct(round);
  const set = (part: Partial<Brief>): void => setBrief((now) => ({ ...now, ...part }));
  const begun = Object.values(level).some((text) => text.trim() !== '');
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (begun && Object.values(level).some((text) => text.trim() === '') ? 'careLevel' : undefined),
    async () => {
      const body = { brief: { ...brief, careLevel: begun ? level : null }, ready };
      await api('PUT /api/rounds/:roundId/items/:itemId/brief', { params: { roundId: round.id, itemId: item.id }, body });
      await act(async () => undefined);
      onDone();
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate className={css.fold} aria-label={t('round.briefOf', { name: item.patient.name })}>
      {told.map((part) => (
        <Field
          key={part}
          name={part}
          label={t(`round.brief.${part}`)}
          hint={t(`round.brief.${part}Hint`)}
          value={brief[part]}
          onChange={(text) => set({ [part]: text })}
          rows={2}
          maxLength={2_000}
        />
      ))}
      <Radios
        legend={t('round.brief.informed')}
        value={brief.informed === null ? 'unknown' : brief.informed ? 'yes' : 'no'}
        onChange={(value) => set({ informed: value === 'unknown' ? null : value === 'yes' })}
        options={[
          { value: 'yes', label: t('round.yes') },
          { value: 'no', label: t('round.no') },
          { value: 'unknown', label: t('round.brief.unknown') },
        ]}
      />
      {standing.map((part) => (
        <Field
          key={part}
          name={part}
          label={t(`round.brief.${part}`)}
          value={brief[part] ?? ''}
          onChange={(text) => set({ [part]: text || null })}
          maxLength={200}
        />
      ))}
      <fieldset data-field="careLevel">
        <legend>
          <strong>{t('round.brief.careLevel')}</strong>
        </legend>
        <div className={css.pair}>
          {(['decision', 'by', 'source'] as const).map((part) => (
            <Field
              key={part}
              name={`careLevel-${part}`}
              label={t(`round.brief.level.${part}`)}
              value={level[part]}
              onChange={(text) => setLevel({ ...level, [part]: text })}
              maxLength={120}
            />
          ))}
          <Field
            name="careLevel-on"
            type="date"
            label={t('round.brief.level.on')}
            value={level.on}
            onChange={(on) => setLevel({ ...level, on })}
          />
        </div>
        {errorOf('careLevel') && <p role="alert">{errorOf('careLevel')}</p>}
      </fieldset>
      <Check checked={ready} onChange={setReady}>
        {t('round.briefIsReady')}
      </Check>
      <FormEnd words={words} busy={busy} onCancel={onDone} />
      {dialog}
    </form>
  );
}
