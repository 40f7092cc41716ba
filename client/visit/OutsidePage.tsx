import { Navigate, useNavigate } from 'react-router';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { homeOf, mustChoose, useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import type { Phase } from '../media/VisitSession.ts';
import { Button } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';
import css from './OutsidePage.module.css';
import { UnitPhone } from './UnitPhone.tsx';
import { useSession } from './useVisit.ts';

type Reason = Exclude<Phase, 'connecting' | 'lobby' | 'waiting' | 'withheld' | 'aside' | 'locked' | 'joining' | 'live'>;

/** What is shown to one who is not in the visit, or not any more: why, and the one way on. */
export function OutsidePage({ reason, snapshot }: { reason: Reason; snapshot: VisitSnapshot | null }) {
  const { t } = useWords();
  const session = useSession();
  const navigate = useNavigate();
  const me = useMe();
  if (reason === 'notFound' && me && mustChoose(me)) return <Navigate to="/assignment" replace state={{ to: location.pathname }} />;
  const home = me && me.onlyVisitId === null && reason !== 'unauthenticated' ? homeOf(me) : '/';
  const documents = me?.kind === 'staff' && reason === 'ended';
  const carePlanId = documents ? snapshot?.carePlanId : null;
  const rejoin = reason === 'left' || reason === 'superseded' || reason === 'fellOut';
  return (
    <Page title={t(`end.${reason}Title`)} narrow>
      <p className={css.text}>{t(documents ? 'end.endedStaffText' : `end.${reason}Text`)}</p>
      <div className={css.ways}>
        {rejoin && (
          <Button look="primary" onClick={() => session.enter()}>
            {t(reason === 'superseded' ? 'end.useHere' : 'end.rejoin')}
          </Button>
        )}
        {carePlanId && (
          <Button look="primary" onClick={() => void navigate(`/care-plans/${carePlanId}`)}>
            {t('end.toPlan')}
          </Button>
        )}
        {documents && (
          <Button look={carePlanId ? 'plain' : 'primary'} onClick={() => void navigate(`/visits/${session.visitId}/record`)}>
            {t('end.document')}
          </Button>
        )}
        <Button look={rejoin || documents ? 'plain' : 'primary'} onClick={() => void navigate(home)}>
          {t(home === '/today' ? 'end.toToday' : home === '/my-visits' ? 'end.toOwn' : 'end.toStart')}
        </Button>
      </div>
      {snapshot && reason !== 'ended' && <UnitPhone unit={snapshot.unit} />}
    </Page>
  );
}
