import {
  Camera,
  CameraOff,
  ClipboardList,
  Eye,
  EyeOff,
  HeartPulse,
  LayoutGrid,
  Mic,
  MicOff,
  MonitorUp,
  MonitorX,
  PhoneOff,
  ScanEye,
  SlidersHorizontal,
  UserRound,
  Users,
} from 'lucide-react';
import { type ComponentType, lazy, Suspense, useState } from 'react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { openBook, useWords } from '../app/words.ts';
import { useLocal, useSession } from '../visit/useVisit.ts';
import css from './RoomPage.module.css';
import type { Layout } from './RoomPage.tsx';
import { isBedside, isStaff } from './roles.ts';

const LeaveDialog = lazy(async () => (await Promise.all([import('./LeaveDialog.tsx'), openBook('office')]))[0]);

export type Panel = 'people' | 'patient' | 'vitals' | 'examine' | 'line';

type Props = {
  snapshot: VisitSnapshot;
  layout: Layout;
  onLayout: (layout: Layout) => void;
  panel: Panel | null;
  onPanel: (panel: Panel) => void;
  onLeave?: (() => void) | undefined; // instead of asking whether it ends for all
};

/** What one needs during a visit: a sign and a word on each, and nothing else. */
export function ControlBar({ snapshot, layout, onLayout, panel, onPanel, onLeave }: Props) {
  const { t } = useWords();
  const session = useSession();
  const { tracks, wanted } = useLocal(session);
  const [leaving, setLeaving] = useState(false);
  const waiting = snapshot.people.filter(({ status, presence }) => status === 'waiting' && presence === 'lobby').length;
  const microphone = wanted.microphone && tracks.microphone !== undefined;
  const camera = wanted.camera && tracks.camera !== undefined;
  const sharing = tracks.screen !== undefined;
  const { you, curtain, missing, state } = snapshot;
  const bedside = isBedside(you);
  const spotlight = layout.mode === 'spotlight';
  return (
    <nav className={css.controls} aria-label={t('room.title')}>
      {you.companionOf === null && (
        <Control
          icon={microphone ? Mic : MicOff}
          label={t('room.microphone')}
          on={microphone}
          onClick={() => void session.own.turn('microphone', !microphone)}
        />
      )}
      <Control
        icon={camera ? Camera : CameraOff}
        label={t('room.camera')}
        on={camera}
        onClick={() => void session.own.turn('camera', !camera)}
      />
      {'getDisplayMedia' in (navigator.mediaDevices ?? {}) && (
        <Control
          icon={sharing ? MonitorX : MonitorUp}
          label={t(sharing ? 'room.stopSharing' : 'room.share')}
          onClick={() => void session.own.share(!sharing)}
        />
      )}
      <Control
        icon={spotlight ? LayoutGrid : UserRound}
        label={t(spotlight ? 'room.grid' : 'room.spotlight')}
        onClick={() => onLayout({ mode: spotlight ? 'grid' : 'spotlight', pinnedId: null })}
      />
      <Control icon={Users} label={t('room.people')} expanded={panel === 'people'} count={waiting} onClick={() => onPanel('people')} />
      {isStaff(you.role) && (
        <Control
          icon={ClipboardList}
          label={t('room.patientPanel')}
          expanded={panel === 'patient'}
          count={state === 'in_progress' ? 0 : missing.length}
          onClick={() => onPanel('patient')}
        />
      )}
      {isStaff(you.role) && (
        <Control icon={HeartPulse} label={t('room.vitals')} expanded={panel === 'vitals'} onClick={() => onPanel('vitals')} />
      )}
      {(isStaff(you.role) || bedside) && (
        <Control icon={ScanEye} label={t('room.examine')} expanded={panel === 'examine'} onClick={() => onPanel('examine')} />
      )}
      <Control icon={SlidersHorizontal} label={t('line.control')} expanded={panel === 'line'} onClick={() => onPanel('line')} />
      {bedside && (
        <Control
          icon={curtain ? Eye : EyeOff}
          label={t(curtain ? 'curtain.lift' : 'curtain.draw')}
          look={curtain ? 'lift' : undefined}
          onClick={() => void session.perform(curtain ? 'curtain:lift' : 'curtain:draw', {})}
        />
      )}
      <Control
        icon={PhoneOff}
        label={t('room.leave')}
        look="leave"
        onClick={() => (onLeave ? onLeave() : you.host || bedside ? setLeaving(true) : void session.leave())}
      />
      {leaving && (
        <Suspense>
          <LeaveDialog host={you.host} emergency={snapshot.emergency !== null} onClose={() => setLeaving(false)} />
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
  look?: 'leave' | 'lift' | undefined;
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
