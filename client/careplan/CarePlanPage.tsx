import { Navigate, useParams } from 'react-router';
import { useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Fetched, Office } from '../office/Office.tsx';
import { Agenda } from './Agenda.tsx';
import { ChildBasis } from './ChildBasis.tsx';
import { Concerns } from './Concerns.tsx';
import { Ending } from './Ending.tsx';
import { FromTemplate } from './FromTemplate.tsx';
import { Head } from './Head.tsx';
import { Lead } from './Lead.tsx';
import { Links } from './Links.tsx';
import { Meeting } from './Meeting.tsx';
import { NextStep } from './NextStep.tsx';
import { Parties } from './Parties.tsx';
import { Parts } from './Parts.tsx';
import { PersonSays } from './PersonSays.tsx';
import { Preparation } from './Preparation.tsx';
import { Surveys } from './Surveys.tsx';
import { PlanLinkContext, usePlan } from './usePlan.ts';

/** A coordinated individual plan: each sees what the person lets them be told, and writes in that. */
export default function CarePlanPage() {
  const { t } = useWords();
  const { planId = '' } = useParams();
  const me = useMe();
  if (me === null) return <Navigate to="/" replace />;
  return (
    <Office title={t('carePlan.title')} for="anyone">
      <Found key={planId} planId={planId} />
    </Office>
  );
}

function Found({ planId }: { planId: string }) {
  const { plan, link, renew } = usePlan(planId);
  return (
    <Fetched of={plan}>
      {(found) => (
        <>
          <Head plan={found} />
          {found.may.coordinate && <NextStep plan={found} />}
          {found.isChild && found.may.coordinate && <ChildBasis plan={found} />}
          <Preparation plan={found} />
          {found.may.coordinate && <FromTemplate plan={found} />}
          {found.may.sit && <Meeting plan={found} />}
          <Parties plan={found} />
          {!found.may.sit && <Meeting plan={found} />}
          <Agenda plan={found} />
          {link && (
            <PlanLinkContext value={link}>
              <Parts plan={found} onRenew={renew} />
            </PlanLinkContext>
          )}
          <PersonSays plan={found} />
          <Lead plan={found} />
          <Surveys plan={found} />
          {found.isChild && found.may.coordinate && <Concerns plan={found} />}
          {found.may.coordinate && <Links plan={found} />}
          <Ending plan={found} />
        </>
      )}
    </Fetched>
  );
}
