import { useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import type { PartyView } from '../../contract/planParties.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { AreaChecks } from './AreaChecks.tsx';
import { YesForm } from './YesForm.tsx';

/** Of which areas of life the person lets a party be told. What is not ticked does not reach it. */
export function ShareForm({ plan, party, onDone }: { plan: CarePlan; party: PartyView; onDone: () => void }) {
  const { t } = useWords();
  const [areas, setAreas] = useState(party.areas ?? []);
  const params = { planId: plan.id, partyId: party.id };
  return (
    <YesForm
      plan={plan}
      title={t('carePlan.shareWith', { name: party.name })}
      submit={t('carePlan.keepShared')}
      onYes={(consent) => api('PUT /api/care-plans/:planId/parties/:partyId/areas', { params, body: { areas, consent } })}
      onDone={onDone}
    >
      <p>{t('carePlan.shareLead', { name: party.name })}</p>
      <AreaChecks legend={t('carePlan.mayBeToldOf')} chosen={areas} onChange={setAreas} />
      {areas.length === 0 && <p role="status">{t('carePlan.nothingChosen', { name: party.name })}</p>}
    </YesForm>
  );
}
