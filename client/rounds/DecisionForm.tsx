import { useState } from 'react';
import type { Decision, Round, RoundItem } from '../../contract/rounds.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { PhraseField } from '../phrases/PhraseField.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { useRoundAct } from './useRound.ts';

type Enough = NonNullable<Decision['soundEnough']>;
const enough: Enough[] = ['yes', 'partly', 'no'];
const outcomes: Decision['as'][] = ['decided', 'deferred', 'needs_physical', 'needs_acute'];

/** What the doctor decides of a resident. It may be kept half-way; signed it takes an owner and a date. */
export function DecisionForm({ round, item, onDone }: { round: Round; item: RoundItem; onDone: () => void }) {
  const { t } = useWords();
  const before = item.decision;
  const [as, setAs] = useState<Decision['as']>(before?.as ?? 'decided');
  const [outcome, setOutcome] = useState(before?.outcome ?? '');
  const [instructions, setInstructions] = useState(before?.instructions ?? '');
  const [owner, setOwner] = useState(before?.followUpOwner ?? '');
  const [on, setOn] = useState(before?.followUpOn ?? '');
  const [sound, setSound] = useState<Enough | null>(before?.soundEnough ?? null);
  const [picture, setPicture] = useState<Enough | null>(before?.pictureEnough ?? null);
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
      onDone();
    },
    () => setOvertaken(true),
  );
  return (
    <form onSubmit={onSubmit} noValidate className={css.fold} aria-label={t('round.decideOf', { name: item.patient.name })}>
      <Radios
        legend={t('round.as')}
        value={as}
        onChange={setAs}
        options={outcomes.map((value) => ({ value, label: t(`round.item.${value}`) }))}
      />
      <PhraseField
        name="outcome"
        label={t('round.outcome')}
        value={outcome}
        onChange={setOutcome}
        error={errorOf('outcome')}
        rows={3}
        maxLength={8_000}
      />
      <PhraseField
        name="instructions"
        label={t('round.instructions')}
        hint={t('round.instructionsHint')}
        value={instructions}
        onChange={setInstructions}
        rows={2}
        maxLength={4_000}
      />
      <div className={css.pair}>
        <Field name="followUpOwner" label={t('round.owner')} value={owner} onChange={setOwner} maxLength={120} />
        <Field name="followUpOn" type="date" label={t('round.on')} value={on} onChange={setOn} />
      </div>
      {as === 'decided' &&
        (
          [
            ['soundEnough', sound, setSound],
            ['pictureEnough', picture, setPicture],
          ] as const
        ).map(([key, value, set]) => (
          <Radios
            key={key}
            field={key}
            beside
            legend={t(`record.${key}`)}
            value={value}
            onChange={set}
            options={enough.map((one) => ({ value: one, label: t(`enough.${one}`) }))}
          />
        ))}
      {overtaken && <Notice>{t('round.overtaken')}</Notice>}
      {words && <Notice look="problem">{words}</Notice>}
      <div className={css.row}>
        <Button type="submit" look="primary" disabled={busy}>
          {t('edit.save')}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {t('app.cancel')}
        </Button>
      </div>
      {dialog}
    </form>
  );
}
