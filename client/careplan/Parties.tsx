import { useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import { endedStates } from '../../contract/planSteps.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { AddParty } from './AddParty.tsx';
import { Party } from './Party.tsx';

/** Who plans together. A party sees who else does, and of itself all there is. */
export function Parties({ plan }: { plan: CarePlan }) {
  const { t } = useWords();
  const [adding, setAdding] = useState(false);
  const { parties, may, state } = plan;
  const running = !endedStates.includes(state);
  const begun = !['need_identified', 'offered', 'declined'].includes(state);
  if (parties.length === 0 && !(may.coordinate && begun)) return null;
  return (
    <Card title={t('carePlan.parties')} id="parties">
      {parties.length === 0 && <p>{t('carePlan.noParties')}</p>}
      <ul className={card.list}>
        {parties.map((party) => (
          <li key={party.id}>
            <Party plan={plan} party={party} />
          </li>
        ))}
      </ul>
      {may.coordinate && running && begun && !adding && (
        <div>
          <Button look={parties.length === 0 && state !== 'consented' ? 'primary' : 'plain'} onClick={() => setAdding(true)}>
            {t('carePlan.addParty')}
          </Button>
        </div>
      )}
      {adding && <AddParty plan={plan} onDone={() => setAdding(false)} />}
    </Card>
  );
}
