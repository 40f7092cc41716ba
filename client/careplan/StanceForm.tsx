import { useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import { stances } from '../../contract/planKinds.ts';
import type { PartyView } from '../../contract/planParties.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import card from '../ui/Card.module.css';
import { Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

type Stance = (typeof stances)[number];

/** Whether a party, or the person (`party` null), agrees with the plan; who does not says in what. */
export function StanceForm({ plan, party, onDone }: { plan: CarePlan; party: PartyView | null; onDone: () => void }) {
  const { t } = useWords();
  const before = party ? party.stance : plan.personSays;
  const [stance, setStance] = useState<Stance>(before?.stance ?? 'accepted');
  const [said, setSaid] = useState(before?.words ?? '');
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (stance === 'dissent' && !said.trim() ? 'words' : undefined),
    async () => {
      const body = { stance, words: said.trim() };
      if (party) await api('PUT /api/care-plans/:planId/parties/:partyId/stance', { params: { planId: plan.id, partyId: party.id }, body });
      else await api('PUT /api/care-plans/:planId/person', { params: { planId: plan.id }, body });
      onDone();
    },
  );
  const name = party?.name ?? plan.patient.name;
  return (
    <form onSubmit={onSubmit} noValidate className={card.fold} aria-label={t('carePlan.stanceOf', { name })}>
      <Radios
        legend={t('carePlan.stanceOf', { name })}
        value={stance}
        onChange={setStance}
        options={stances.map((value) => ({ value, label: t(`carePlan.stances.${value}`) }))}
      />
      <Field
        name="words"
        rows={2}
        label={t(stance === 'dissent' ? 'carePlan.dissentIn' : 'carePlan.stanceWords')}
        value={said}
        onChange={setSaid}
        error={errorOf('words')}
        maxLength={2_000}
      />
      <FormEnd words={words} busy={busy} onCancel={onDone} />
    </form>
  );
}
