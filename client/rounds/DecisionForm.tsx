import { type RefObject, useEffect, useState } from 'react';
import type { Decision, Round, RoundItem } from '../../contract/rounds.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { PhraseField } from '../phrases/PhraseField.tsx';
import css from '../ui/Card.module.css';
import { Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { useRoundAct } from './useRound.ts';

type Enough = NonNullable<Decision['soundEnough']>;
const enough: Enough[] = ['yes', 'partly', 'no'];
const outcomes: Decision['as'][] = ['decided', 'deferred', 'needs_physical', 'needs_acute'];

/** What is typed, as far as it has come. */
export type Draft = Omit<Decision, 'followUpOwner' | 'followUpOn'> & { followUpOwner: string; followUpOn: string };

type Props = {
  round: Round;
  item: RoundItem;
  kept?: RefObject<Draft | null>; // what was typed stays there when the form is closed before it was saved
  onDone: () => void;
};

/** What the doctor decides of a resident. It may be kept half-way; signed it takes an owner and a date. */
export function DecisionForm({ round, item, kept, onDone }: Props) {
  const { t } = useWords();
  const before = item.decision;
  const [draft, setDraft] = useState<Draft>(() => kept?.current ?? draftOf(before));
  const set = (patch: Partial<Draft>): void => setDraft((now) => ({ ...now, ...patch }));
  const { as, outcome, instructions, followUpOwner: owner, followUpOn: on, soundEnough: sound, pictureEnough: picture } = draft;
  useEffect(() => {
    if (kept) kept.current = isSame(draft, draftOf(before)) ? null : draft;
  }, [kept, draft, before]);
  const [overtaken, setOvertaken] = useState(false);
  const { act, dialog } = useRoundAct(round);
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (outcome.trim() ? undefined : 'outcome'),
    async () => {
      const body = {
        as,
        outcome,
        instructions,
        followUpOwner: owner.trim() || null,
        followUpOn: on || null,
        soundEnough: as === 'decided' ? sound : null,
        pictureEnough: as === 'decided' ? picture : null,
        basedOn: before?.version ?? null,
      };
      await api('PUT /api/rounds/:roundId/items/:itemId/decision', { params: { roundId: round.id, itemId: item.id }, body });
      await act(async () => undefined);
      if (kept) kept.current = null;
      onDone();
    },
    () => setOvertaken(true),
  );
  return (
    <form onSubmit={onSubmit} noValidate className={css.fold} aria-label={t('round.decideOf', { name: item.patient.name })}>
      <Radios
        legend={t('round.as')}
        value={as}
        onChange={(value) => set({ as: value })}
        options={outcomes.map((value) => ({ value, label: t(`round.item.${value}`) }))}
      />
      <PhraseField
        name="outcome"
        label={t('round.outcome')}
        value={outcome}
        onChange={(value) => set({ outcome: value })}
        error={errorOf('outcome')}
        rows={3}
        maxLength={8_000}
      />
      <PhraseField
        name="instructions"
        label={t('round.instructions')}
        hint={t('round.instructionsHint')}
        value={instructions}
        onChange={(value) => set({ instructions: value })}
        rows={2}
        maxLength={4_000}
      />
      <div className={css.pair}>
        <Field
          name="followUpOwner"
          label={t('round.owner')}
          value={owner}
          onChange={(value) => set({ followUpOwner: value })}
          maxLength={120}
        />
        <Field
          name="followUpOn"
          type="date"
          label={t('round.on')}
          value={on}
          onChange={(value) => set({ followUpOn: value })}
          error={errorOf('followUpOn')}
        />
      </div>
      {as === 'decided' &&
        (
          [
            ['soundEnough', sound],
            ['pictureEnough', picture],
          ] as const
        ).map(([key, value]) => (
          <Radios
            key={key}
            field={key}
            beside
            legend={t(`record.${key}`)}
            value={value}
            onChange={(one) => set({ [key]: one })}
            options={enough.map((one) => ({ value: one, label: t(`enough.${one}`) }))}
          />
        ))}
      {overtaken && <Notice>{t('round.overtaken')}</Notice>}
      <FormEnd words={words} busy={busy} onCancel={onDone} />
      {dialog}
    </form>
  );
}

const draftOf = (decision: RoundItem['decision']): Draft => ({
  as: decision?.as ?? 'decided',
  outcome: decision?.outcome ?? '',
  instructions: decision?.instructions ?? '',
  followUpOwner: decision?.followUpOwner ?? '',
  followUpOn: decision?.followUpOn ?? '',
  soundEnough: decision?.soundEnough ?? null,
  pictureEnough: decision?.pictureEnough ?? null,
});

const isSame = (a: Draft, b: Draft): boolean => (Object.keys(a) as (keyof Draft)[]).every((key) => a[key] === b[key]);
