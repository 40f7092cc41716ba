import { BellRing, MicOff, MonitorUp, WifiOff } from 'lucide-react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { useSpeaking } from '../media/levels.ts';
import { Button } from '../ui/Button.tsx';
import { useNameOf } from '../ui/person.ts';
import { useLocal, useSession, useView } from '../visit/useVisit.ts';
import css from './RoomPage.module.css';

/** What everyone must see at once, across the whole width, most urgent first. */
export function Banners({ snapshot }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const { phase, connected, mutedByHost, problem } = useView(session);
  const { tracks, wanted } = useLocal(session);
  const speakingMuted = useSpeaking(tracks.microphone, !wanted.microphone && snapshot.you.companionOf === null);
  return (
    <div className={css.banners}>
      {(!connected || phase !== 'live') && (
        <div className={css.banner} role="status">
          <p>
            <WifiOff aria-hidden size={22} /> {t(connected && !problem ? 'room.connecting' : 'room.tryingAgain')}
          </p>
        </div>
      )}
      {speakingMuted && (
        <div className={`${css.banner} ${css.alarm}`} role="alert">
          <p>
            <MicOff aria-hidden size={26} /> {t('room.mutedSpeaking')}
          </p>
          <Button onClick={() => void session.turn('microphone', true)}>{t('room.unmute')}</Button>
        </div>
      )}
      {mutedByHost && !speakingMuted && (
        <div className={css.banner} role="status">
          <p>
            <MicOff aria-hidden size={22} /> {t('room.mutedByHost')}
          </p>
        </div>
      )}
      {tracks.screen && (
        <div className={css.banner} role="status">
          <p>
            <MonitorUp aria-hidden size={22} /> {t('room.youShare')}
          </p>
        </div>
      )}
      <Waiting snapshot={snapshot} />
    </div>
  );
}

/** Whoever stands before the door, for those who may open it. */
function Waiting({ snapshot: { people, you } }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const nameOf = useNameOf();
  const staff = isStaff(you.role);
  if (!staff) return null;
  return people
    .filter(({ status, presence }) => status === 'waiting' && presence === 'lobby')
    .map((person) => (
      <div key={person.id} className={css.banner} role="status">
        <p>
          <BellRing aria-hidden size={22} /> {t('today.waits', { name: nameOf(person) })}
        </p>
        <Button look="primary" onClick={() => void session.admit(person.id)}>
          {t('today.admit', { name: nameOf(person) })}
        </Button>
      </div>
    ));
}

/** Mirrors the server's policy only to hide a button. */
export function isStaff(role: VisitSnapshot['you']['role']): boolean {
  return ['remotePhysician', 'nurse', 'assistantNurse', 'careCoordinator'].includes(role);
}
