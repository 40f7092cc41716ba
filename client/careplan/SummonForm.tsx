import { useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import { isPrincipal } from '../../contract/planKinds.ts';
import type { PartyView, SummonsText } from '../../contract/planParties.ts';
import { api } from '../app/api.ts';
import { careToday, dayAfter } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import card from '../ui/Card.module.css';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

const parts = ['purpose', 'longTermGoal', 'questions', 'contribution'] as const;
const answerWithinDays = 7;

/** What was written to the former is a beginning for the next: they are asked for the same person. */
function firstText({ parties }: CarePlan): SummonsText {
  const former = parties.find(({ summons }) => summons !== null)?.summons;
  const { purpose = '', longTermGoal = '', questions = '' } = former ?? {};
  return { purpose, longTermGoal, questions, contribution: '', answerBy: dayAfter(careToday(), answerWithinDays) };
}

/** A summons (kallelse) to who has a duty to come, an invitation (inbjudan) to others. */
export function SummonForm({ plan, party, onDone }: { plan: CarePlan; party: PartyView; onDone: () => void }) {
  const { t } = useWords();
  const [text, setText] = useState<SummonsText>(() => party.summons ?? firstText(plan));
  const [reference, setReference] = useState(party.summons?.reference ?? '');
  const bySystem = party.channel === 'system';
  const duty = isPrincipal(party.kind);
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () =>
      [
        text.purpose.trim() ? undefined : 'purpose',
        text.answerBy > careToday() ? undefined : 'answerBy',
        bySystem && !reference.trim() ? 'reference' : undefined,
      ].filter((name) => name !== undefined),
    async () => {
      const params = { planId: plan.id, partyId: party.id };
      const { purpose, longTermGoal, questions, contribution, answerBy } = text;
      const body = { purpose, longTermGoal, questions, contribution, answerBy, reference: reference.trim() || null };
      await api('POST /api/care-plans/:planId/parties/:partyId/summons', { params, body });
      onDone();
    },
  );
  return (
    <form
      onSubmit={onSubmit}
      noValidate
      className={card.fold}
      aria-label={t(duty ? 'carePlan.summonOne' : 'carePlan.inviteOne', { name: party.name })}
    >
      <p>{t(`carePlan.channelLead.${party.channel ?? 'letter'}`)}</p>
      {parts.map((part) => (
        <Field
          key={part}
          name={part}
          rows={2}
          label={t(`carePlan.summonsText.${part}`)}
          hint={part === 'purpose' ? t('carePlan.noDiagnosis') : undefined}
          value={text[part]}
          onChange={(value) => setText((now) => ({ ...now, [part]: value }))}
          error={errorOf(part)}
          maxLength={2_000}
        />
      ))}
      <div className={card.pair}>
        <Field
          name="answerBy"
          type="date"
          label={t('carePlan.answerBy')}
          value={text.answerBy}
          onChange={(answerBy) => setText((now) => ({ ...now, answerBy }))}
          error={errorOf('answerBy')}
        />
        {bySystem && (
          <Field
            name="reference"
            label={t('carePlan.reference')}
            hint={t('carePlan.referenceHint')}
            value={reference}
            onChange={setReference}
            error={errorOf('reference') && t('carePlan.wrong.reference')}
            maxLength={120}
          />
        )}
      </div>
      <FormEnd
        words={words}
        busy={busy}
        submit={t(bySystem ? 'carePlan.keepSent' : duty ? 'carePlan.sendSummons' : 'carePlan.sendInvitation')}
        onCancel={onDone}
      />
    </form>
  );
}
