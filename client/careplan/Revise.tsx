import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { CarePlan } from '../../contract/carePlans.ts';
import { api } from '../app/api.ts';
import { careToday } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { momentOf } from '../booking/careTime.ts';
import { newId } from '../media/newId.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Notice } from '../ui/Notice.tsx';
import { bookingOf } from './bookingOf.ts';
import { usePlanAct } from './usePlan.ts';

/** A plan that holds: at its follow-up a newer one is made from what this one says, which holds until the newer is signed. */
export function Revise({ plan }: { plan: CarePlan }) {
  const { id, version, followUpOn, newerId } = plan;
  const { t } = useWords();
  const navigate = useNavigate();
  const { act, busy, problem, dialog } = usePlanAct({ id });
  const [newPlanId] = useState(newId); // a resend is the same plan
  const at = followUpOn && followUpOn > careToday() ? `&at=${momentOf(followUpOn, '09:00')}` : '';
  const revise = async (): Promise<void> => {
    const body = { newPlanId, basedOn: version };
    if (await act(() => api('POST /api/care-plans/:planId/revise', { params: { planId: id }, body })))
      void navigate(`/care-plans/${newPlanId}`);
  };
  return (
    <>
      {problem && <Notice look="problem">{problem}</Notice>}
      <div className={card.row}>
        <Button look="primary" onClick={() => void navigate(`${bookingOf(plan, 45)}${at}`)}>
          {t('carePlan.bookFollowUp')}
        </Button>
        {newerId ? (
          <Button onClick={() => void navigate(`/care-plans/${newerId}`)}>{t('carePlan.toNewer')}</Button>
        ) : (
          <Button disabled={busy} onClick={() => void revise()}>
            {t('carePlan.revise')}
          </Button>
        )}
      </div>
      <p>{t(newerId ? 'carePlan.newerIsMade' : 'carePlan.reviseLead')}</p>
      {dialog}
    </>
  );
}
