import { useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { StanceForm } from './StanceForm.tsx';
import { usePlanAct } from './usePlan.ts';

/** What the person themselves say of the plan; a child's view, too. */
export function PersonSays({ plan }: { plan: CarePlan }) {
  const { t } = useWords();
  const { act } = usePlanAct(plan);
  const [writing, setWriting] = useState(false);
  const { personSays, you, state } = plan;
  const asks = you.whole && (state === 'in_meeting' || state === 'plan_draft');
  if (!personSays && !asks) return null;
  return (
    <Card title={t('carePlan.personSays')} id="person-says">
      {personSays ? (
        <p>
          <span className={`${card.badge} ${personSays.stance === 'dissent' ? card.warn : ''}`}>
            {t(`carePlan.stance.${personSays.stance}`)}
          </span>{' '}
          {personSays.words}
        </p>
      ) : (
        <p>{t('carePlan.personNotAsked')}</p>
      )}
      {asks &&
        (writing ? (
          <StanceForm
            plan={plan}
            party={null}
            onDone={() => {
              setWriting(false);
              void act(async () => undefined);
            }}
          />
        ) : (
          <div>
            <Button aria-label={t('carePlan.stanceOf', { name: plan.patient.name })} onClick={() => setWriting(true)}>
              {t('carePlan.sayStance')}
            </Button>
          </div>
        ))}
    </Card>
  );
}
