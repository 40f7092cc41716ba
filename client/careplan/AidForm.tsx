import { useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import type { Aid, PartView } from '../../contract/planParts.ts';
import { api } from '../app/api.ts';
import { careToday } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import card from '../ui/Card.module.css';
import { Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

type Is = Aid['is'] | 'none';

/** Where an intervention stands as aid of the municipality: the needs assessor says it, and a plan is no decision. */
export function AidForm({ plan, part, name, onDone }: { plan: CarePlan; part: PartView; name: string; onDone: () => void }) {
  const { t } = useWords();
  const { aid } = part;
  const [is, setIs] = useState<Is>(aid?.is ?? 'applied');
  const [on, setOn] = useState(aid && 'on' in aid ? aid.on : careToday());
  const [appeal, setAppeal] = useState(aid && 'appeal' in aid ? aid.appeal : '');
  const dated = is === 'decided' || is === 'refused';
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (dated && !on ? 'on' : is === 'refused' && !appeal.trim() ? 'appeal' : undefined),
    async () => {
      const said: Aid | null =
        is === 'none' ? null : is === 'decided' ? { is, on } : is === 'refused' ? { is, on, appeal: appeal.trim() } : { is };
      const params = { planId: plan.id, partId: part.id };
      await api('PUT /api/care-plans/:planId/parts/:partId/aid', { params, body: { aid: said, basedOn: part.version } });
      onDone();
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate className={card.fold} aria-label={t('carePlan.aidFor', { name })}>
      <Radios
        legend={t('carePlan.aidTitle')}
        value={is}
        onChange={setIs}
        options={(['none', 'applied', 'underAssessment', 'decided', 'refused'] as const).map((value) => ({
          value,
          label: t(`carePlan.aidIs.${value}`),
        }))}
      />
      {dated && <Field name="on" type="date" label={t('carePlan.decidedOn')} value={on} onChange={setOn} error={errorOf('on')} />}
      {is === 'refused' && (
        <Field
          name="appeal"
          rows={2}
          label={t('carePlan.howToAppeal')}
          value={appeal}
          onChange={setAppeal}
          error={errorOf('appeal')}
          maxLength={300}
        />
      )}
      <FormEnd words={words} busy={busy} onCancel={onDone} />
    </form>
  );
}
