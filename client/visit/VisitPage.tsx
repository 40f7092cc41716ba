import { lazy, Suspense, useEffect } from 'react';
import { useParams } from 'react-router';
import { useMe } from '../app/me.ts';
import { LockedPage } from '../app/pages.ts';
import { LobbyPage } from '../lobby/LobbyPage.tsx';
import type { Phase, VisitSession } from '../media/VisitSession.ts';
import { Loading } from '../ui/Loading.tsx';
import { useAwake } from '../ui/useAwake.ts';
import { OutsidePage } from './OutsidePage.tsx';
import { SessionContext, useNewSession, useView } from './useVisit.ts';

const loadRoom = () => import('../room/RoomPage.tsx');
const RoomPage = lazy(loadRoom);

/** One page for the whole visit: the session stays while the screen changes from lobby to room and back. */
export default function VisitPage() {
  const { visitId = '' } = useParams();
  const session = useNewSession(visitId);
  if (!session) return <Loading />;
  return (
    <SessionContext value={session}>
      <Suspense fallback={<Loading />}>
        <Screen session={session} />
      </Suspense>
    </SessionContext>
  );
}

/** Before the door and behind it. */
const present: Phase[] = ['connecting', 'lobby', 'waiting', 'withheld', 'aside', 'joining', 'live'];

function Screen({ session }: { session: VisitSession }) {
  const { phase, snapshot } = useView(session);
  const me = useMe();
  const locked = me?.locked != null;
  useAwake(present.some((one) => one === phase));
  useEffect(() => {
    if (phase === 'locked' && me && !locked) location.reload(); // opened again: the visit begins where it was
  }, [phase, me, locked]);
  if (phase === 'locked' || (locked && phase !== 'connecting' && phase !== 'joining' && phase !== 'live')) return <LockedPage />;
  switch (phase) {
    case 'connecting':
      return <Loading />;
    case 'lobby':
    case 'waiting':
    case 'withheld':
    case 'aside':
      void loadRoom(); // so that it is there when the door opens
      return snapshot ? <LobbyPage snapshot={snapshot} /> : <Loading />;
    case 'joining':
    case 'live':
      return snapshot ? <RoomPage snapshot={snapshot} /> : <Loading />;
    default:
      return <OutsidePage reason={phase} snapshot={snapshot} />;
  }
}
