import { Camera, CameraOff, LayoutGrid, Mic, MicOff, MonitorUp, MonitorX, PhoneOff, UserRound, Users } from 'lucide-react';
import { type ComponentType, lazy, Suspense, useState } from 'react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { useLocal, useSession } from '../visit/useVisit.ts';
import css from './RoomPage.module.css';
import type { Layout } from './RoomPage.tsx';

const LeaveDialog = lazy(() => import('./LeaveDialog.tsx'));

type Props = { snapshot: VisitSnapshot; layout: Layout; onLayout: (layout: Layout) => void; panel: boolean; onPanel: () => void };

/** What one needs during a visit: a sign and a word on each, and nothing else. */
export function ControlBar({ snapshot, layout, onLayout, panel, onPanel }: Props) {
  const { t } = useWords();
  const session = useSession();
  const { tracks, wanted } = useLocal(session);
  const [leaving, setLeaving] = useState(false);
  const waiting = snapshot.people.filter(({ status, presence }) => status === 'waiting' && presence === 'lobby').length;
  const microphone = wanted.microphone && tracks.microphone !== undefined;
  const camera = wanted.camera && tracks.camera !== undefined;
  const sharing = tracks.screen !== undefined;
  const spotlight = layout.mode === 'spotlight';
  return (
    <nav className={css.controls} aria-label={t('room.title')}>
      {snapshot.you.companionOf === null && (
        <Control
          icon={microphone ? Mic : MicOff}
          label={t('room.microphone')}
          on={microphone}
          onClick={() => void session.turn('microphone', !microphone)}
        />
      )}
      <Control
        icon={camera ? Camera : CameraOff}
        label={t('room.camera')}
        on={camera}
        onClick={() => void session.turn('camera', !camera)}
      />
      {'getDisplayMedia' in (navigator.mediaDevices ?? {}) && (
        <Control
          icon={sharing ? MonitorX : MonitorUp}
          label={t(sharing ? 'room.stopSharing' : 'room.share')}
          onClick={() => void session.share(!sharing)}
        />
      )}
      <Control
        icon={spotlight ? LayoutGrid : UserRound}
        label={t(spotlight ? 'room.grid' : 'room.spotlight')}
        onClick={() => onLayout({ mode: spotlight ? 'grid' : 'spotlight', pinnedId: null })}
      />
      <Control icon={Users} label={t('room.people')} expanded={panel} count={waiting} onClick={onPanel} />
      <Control
        icon={PhoneOff}
        label={t('room.leave')}
        look="leave"
        onClick={() => (snapshot.you.host ? setLeaving(true) : void session.leave())}
      />
      {leaving && (
        <Suspense>
          <LeaveDialog onClose={() => setLeaving(false)} />
        </Suspense>
      )}
    </nav>
  );
}

type ControlProps = {
  icon: ComponentType<{ size: number; 'aria-hidden': true }>;
  label: string;
  on?: boolean;
  expanded?: boolean;
  count?: number;
  look?: 'leave';
  onClick: () => void;
};

function Control({ icon: Icon, label, on, expanded, count = 0, look, onClick }: ControlProps) {
  const { t } = useWords();
  const state = on === undefined ? '' : t(on ? 'room.on' : 'room.off');
  return (
    <button
      type="button"
      className={css.control}
      data-off={on === false}
      data-look={look}
      aria-pressed={on}
      aria-expanded={expanded}
      onClick={onClick}
    >
      <Icon aria-hidden size={26} />
      <span>
        {label}
        {state && ` ${state}`}
      </span>
      {count > 0 && <span className={css.count}>{count}</span>}
    </button>
  );
}
