import { useEffect } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { Round, RoundItem } from '../../contract/rounds.ts';
import { useWords } from '../app/words.ts';
import { Behind, Fetched } from '../office/Office.tsx';
import RoomPage from '../room/RoomPage.tsx';
import { Sounds } from '../room/Sounds.tsx';
import { Button } from '../ui/Button.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Page } from '../ui/Page.tsx';
import { useAwake } from '../ui/useAwake.ts';
import { SessionContext, useNewSession, useView } from '../visit/useVisit.ts';
import { Between } from './Between.tsx';
import { RoundBar } from './RoundBar.tsx';
import { currentOf, useRound } from './useRound.ts';

/** The round as it goes: one resident at a time, and between them doctor and bedside alone, with sound only. */
export default function RoundLivePage() {
  const { t } = useWords();
  const { roundId = '' } = useParams();
  return (
    <Behind title={t('round.title')} for="anyStaff">
      <Found roundId={roundId} />
    </Behind>
  );
}

function Found({ roundId }: { roundId: string }) {
  const round = useRound(roundId);
  const { t } = useWords();
  if (!round.data)
    return (
      <Page title={t('round.title')} narrow>
        <Fetched of={round}>{() => null}</Fetched>
      </Page>
    );
  const current = currentOf(round.data);
  if (round.data.state !== 'running' || !current) return <NotRunning round={round.data} />;
  return <Partition key={current.visitId} round={round.data} item={current} />;
}

function NotRunning({ round }: { round: Round }) {
  const { t } = useWords();
  const navigate = useNavigate();
  return (
    <Page title={t('round.title')} narrow>
      <p>{t(round.state === 'closed' ? 'round.isClosed' : 'round.notBegun')}</p>
      <div>
        <Button look="primary" onClick={() => void navigate(`/rounds/${round.id}`)}>
          {t('round.toList')}
        </Button>
      </div>
    </Page>
  );
}

/** One resident's partition: its media stand before it opens, so that opening it is all that is left to wait for. */
function Partition({ round, item }: { round: Round; item: RoundItem }) {
  useAwake();
  const session = useNewSession(item.visitId);
  useEffect(() => session?.enter(), [session]);
  if (!session) return <Loading />;
  return (
    <SessionContext value={session}>
      <Inside session={session} round={round} item={item} />
    </SessionContext>
  );
}

type InsideProps = { session: NonNullable<ReturnType<typeof useNewSession>>; round: Round; item: RoundItem };

function Inside({ session, round, item }: InsideProps) {
  const { snapshot, phase } = useView(session);
  const navigate = useNavigate();
  if (snapshot?.partition === 'open' && (phase === 'live' || phase === 'joining'))
    return (
      <RoomPage snapshot={snapshot} above={<RoundBar round={round} item={item} />} onLeave={() => void navigate(`/rounds/${round.id}`)} />
    );
  return (
    <>
      <Between round={round} item={item} />
      <Sounds />
    </>
  );
}
