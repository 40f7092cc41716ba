import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { Fetched } from '../office/Office.tsx';
import { Queries } from '../office/Queries.tsx';
import panel from '../room/PeoplePanel.module.css';
import { Notice } from '../ui/Notice.tsx';
import { Lead } from './Lead.tsx';
import css from './Meeting.module.css';
import { Parties } from './Parties.tsx';
import { Parts } from './Parts.tsx';
import { PersonSays } from './PersonSays.tsx';
import { PlanLinkContext, usePlan } from './usePlan.ts';

/** The plan beside the pictures, written together while talking. */
export default function PlanPanel({ snapshot, onClose }: { snapshot: VisitSnapshot; onClose: () => void }) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <aside className={`${panel.panel} ${css.plan}`} aria-label={t('room.plan')}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {t('room.plan')}
        </h2>
        <button type="button" className={panel.close} aria-label={t('app.close')} onClick={onClose}>
          <X aria-hidden size={26} />
        </button>
      </header>
      {snapshot.carePlanId && (
        <Queries>
          <Plan key={snapshot.carePlanId} planId={snapshot.carePlanId} snapshot={snapshot} />
        </Queries>
      )}
    </aside>
  );
}

function Plan({ planId, snapshot: { sideTalk, you } }: { planId: string; snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const { plan, link, renew } = usePlan(planId);
  return (
    <Fetched of={plan}>
      {(found) => (
        <>
          {sideTalk?.agreed && sideTalk.participantIds.includes(you.id) && <Notice>{t('carePlan.room.notInTalk')}</Notice>}
          {link && (
            <PlanLinkContext value={link}>
              <Parts plan={found} onRenew={renew} />
            </PlanLinkContext>
          )}
          <PersonSays plan={found} />
          <Parties plan={found} />
          <Lead plan={found} />
        </>
      )}
    </Fetched>
  );
}
