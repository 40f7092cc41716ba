import { useNavigate } from 'react-router';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import type { Phase } from '../media/VisitSession.ts';
import { Button } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';
import css from './OutsidePage.module.css';
import { UnitPhone } from './UnitPhone.tsx';
import { useSession } from './useVisit.ts';

type Reason = Exclude<Phase, 'connecting' | 'lobby' | 'waiting' | 'joining' | 'live'>;

/** What is shown to one who is not in the visit, or not any more: why, and the one way on. */
export function OutsidePage({ reason, snapshot }: { reason: Reason; snapshot: VisitSnapshot | null }) {
  const { t } = useWords();
  const session = useSession();
  const navigate = useNavigate();
  const staff = useMe()?.kind === 'staff';
  const rejoin = reason === 'left' || reason === 'superseded';
  return (
    <Page title={t(`end.${reason}Title`)} narrow>
      <p className={css.text}>{t(`end.${reason}Text`)}</p>
      <div className={css.ways}>
        {rejoin && (
          <Button look="primary" onClick={() => session.enter()}>
            {t(reason === 'left' ? 'end.rejoin' : 'end.useHere')}
          </Button>
        )}
        <Button look={rejoin ? 'plain' : 'primary'} onClick={() => void navigate(staff && reason !== 'unauthenticated' ? '/today' : '/')}>
          {t(staff && reason !== 'unauthenticated' ? 'end.toToday' : 'end.toStart')}
        </Button>
      </div>
      {snapshot && reason !== 'ended' && <UnitPhone unit={snapshot.unit} />}
    </Page>
  );
}
