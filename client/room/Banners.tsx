import { BellRing, CircleAlert, MicOff, MonitorUp, UserCheck, WifiOff } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { ownDevices } from '../media/capture.ts';
import { useSpeaking } from '../media/levels.ts';
import { Button } from '../ui/Button.tsx';
import { useNameOf } from '../ui/person.ts';
import { useLocal, useSession, useView } from '../visit/useVisit.ts';
import { Admit } from './Admit.tsx';
import { LineBanners } from './LineBanners.tsx';
import { LockBanner } from './LockBanner.tsx';
import { PhoneBanner } from './PhoneBanner.tsx';
import css from './RoomPage.module.css';
import { isBedside, isStaff } from './roles.ts';

const Troubled = lazy(() => import('./Troubled.tsx'));

/** What everyone must see at once, across the whole width, most urgent first. */
export function Banners({ snapshot }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const { phase, connected, silent, mutedByHost, problem } = useView(session);
  const { tracks, wanted } = useLocal(session);
  const speakingMuted = useSpeaking(tracks.microphone, !wanted.microphone && snapshot.you.companionOf === null);
  const [wrongCodes, setWrongCodes] = useState(false); // from the first one on, so that a new code stays on the screen
  if (!wrongCodes && snapshot.people.some(({ failedCodes }) => failedCodes > 0)) setWrongCodes(true);
  return (
    <div className={css.banners}>
      <LockBanner />
      {(!connected || silent || phase !== 'live') && (
        <div className={css.banner} role="status">
          <p>
            <WifiOff aria-hidden size={22} /> {t(connected && !silent && !problem ? 'room.connecting' : 'room.tryingAgain')}
          </p>
        </div>
      )}
      {speakingMuted && (
        <div className={`${css.banner} ${css.alarm}`} role="alert">
          <p>
            <MicOff aria-hidden size={26} /> {t('room.mutedSpeaking')}
          </p>
          <Button onClick={() => void session.own.turn('microphone', true)}>{t('room.unmute')}</Button>
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
      {connected && !silent && phase === 'live' && problem && (
        <div className={css.banner} role="alert">
          <p>
            <CircleAlert aria-hidden size={22} /> {t(`error.${problem}`)}
          </p>
        </div>
      )}
      <LineBanners snapshot={snapshot} />
      <PhoneBanner snapshot={snapshot} />
      <DeviceTrouble />
      <Waiting snapshot={snapshot} />
      <Suspense>{wrongCodes && !snapshot.emergency && <Troubled snapshot={snapshot} />}</Suspense>
      {!snapshot.emergency && <Unknown snapshot={snapshot} />}
    </div>
  );
}

/** A camera or microphone that is wanted and not there. What the browser was told to refuse comes back by a press only. */
function DeviceTrouble() {
  const { t } = useWords();
  const session = useSession();
  const { problems, wanted, asking } = useLocal(session);
  return ownDevices
    .flatMap((device) => (wanted[device] && problems[device]) || [])
    .map((problem) => (
      <div key={problem} className={css.banner} role="status">
        <p>
          <CircleAlert aria-hidden size={22} /> {t(`device.${problem}`)}
        </p>
        {/^(denied|missing)_/.test(problem) && (
          <Button disabled={asking} onClick={() => void session.local.open()}>
            {t('app.again')}
          </Button>
        )}
      </div>
    ));
}

/** Whoever stands before the door, for those who may open it. */
function Waiting({ snapshot: { people, you } }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
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
        <Admit person={person}>{t('today.admit', { name: nameOf(person) })}</Admit>
      </div>
    ));
}

/** Who has come that the patient may not know of. In the beginning that is asked beside the other questions. */
function Unknown({ snapshot }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const nameOf = useNameOf();
  const { people, bystanders, you, state } = snapshot;
  const patient = you.role === 'patient';
  if (!(patient || (state === 'in_progress' && (isStaff(you.role) || isBedside(you))))) return null;
  const here = people.filter(
    ({ presence, role, seat, acknowledged }) =>
      (presence === 'room' || presence === 'returning') && role !== 'patient' && seat === 'own' && !acknowledged,
  );
  const unseen = [...here.map((one) => ({ id: one.id, name: nameOf(one) })), ...bystanders.filter(({ acknowledged }) => !acknowledged)];
  if (unseen.length === 0) return null;
  return (
    <div className={css.banner} role="status">
      <p>
        <UserCheck aria-hidden size={22} /> {t('roster.here', { names: unseen.map(({ name }) => name).join(' · ') })}
      </p>
      <Button look="primary" onClick={() => void session.perform('visit:acknowledge', { ids: unseen.map(({ id }) => id) })}>
        {t(patient ? 'roster.iKnow' : 'roster.knows')}
      </Button>
    </div>
  );
}
