import { useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import { endedStates } from '../../contract/planSteps.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { Notice } from '../ui/Notice.tsx';
import { usePlanAct } from './usePlan.ts';
import { WhyForm } from './WhyForm.tsx';

/** The person takes their yes back, or the plan has come to its end. */
export function Ending({ plan }: { plan: CarePlan }) {
  const { t } = useWords();
  const { act, busy, problem, dialog } = usePlanAct(plan);
  const [asking, setAsking] = useState<'withdraw' | 'close' | null>(null);
  const { id, version, state, you, may } = plan;
  const params = { planId: id };
  if (!you.whole || endedStates.includes(state)) return null;
  const consented = !['need_identified', 'offered', 'declined'].includes(state);
  return (
    <Card title={t('carePlan.ending')} id="ending">
      {problem && <Notice look="problem">{problem}</Notice>}
      {asking !== 'close' && (
        <div className={card.row}>
          {consented && (
            <Button disabled={busy} onClick={() => setAsking('withdraw')}>
              {t(may.coordinate ? 'carePlan.withdraw' : 'carePlan.withdrawOwn')}
            </Button>
          )}
          {may.coordinate && <Button onClick={() => setAsking('close')}>{t('carePlan.close')}</Button>}
        </div>
      )}
      {asking === 'close' && (
        <WhyForm
          title={t('carePlan.close')}
          label={t('carePlan.closeWhy')}
          submit={t('carePlan.close')}
          wanted
          onSubmit={(why) => api('POST /api/care-plans/:planId/close', { params, body: { why, basedOn: version } })}
          onDone={() => {
            setAsking(null);
            void act(async () => undefined);
          }}
        />
      )}
      {asking === 'withdraw' && (
        <Confirm title={t('carePlan.withdrawTitle')} text={t('carePlan.withdrawText')} onClose={() => setAsking(null)}>
          <Button
            look="danger"
            onClick={() => {
              setAsking(null);
              void act(() => api('POST /api/care-plans/:planId/withdraw', { params }));
            }}
          >
            {t('carePlan.withdrawNow')}
          </Button>
        </Confirm>
      )}
      {dialog}
    </Card>
  );
}
