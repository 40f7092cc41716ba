import {
  Camera,
  CameraOff,
  ClipboardList,
  Ellipsis,
  Eye,
  EyeOff,
  HeartPulse,
  LayoutGrid,
  Mic,
  MicOff,
  MonitorUp,
  MonitorX,
  NotebookPen,
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

export type Panel = 'people' | 'patient' | 'vitals' | 'examine' | 'line' | 'plan';

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
  const [unfolded, setUnfolded] = useState(false); // where not all of them have room
  const waiting = snapshot.people.filter(({ status, presence }) => status === 'waiting' && presence === 'lobby').length;
  const microphone = wanted.microphone && tracks.microphone !== undefined;
  const camera = wanted.camera && tracks.camera !== undefined;
  const sharing = tracks.screen !== undefined;
  const { you, curtain, missing, state, agenda } = snapshot; // in a planning meeting nobody is examined
  const bedside = isBedside(you);
  const left = state === 'in_progress' ? 0 : missing.length;
  const spotlight = layout.mode === 'spotlight';
  return (
    <nav className={css.controls} aria-label={t('room.title')} data-unfolded={unfolded}>
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
          needed={sharing ? 'always' : 'seldom'}
          onClick={() => void session.own.share(!sharing)}
        />
      )}
      <Control
        icon={spotlight ? LayoutGrid : UserRound}
        label={t(spotlight ? 'room.grid' : 'room.spotlight')}
        needed="seldom"
        onClick={() => onLayout({ mode: spotlight ? 'grid' : 'spotlight', pinnedId: null })}
      />
      <Control
        icon={Users}
        label={t('room.people')}
        needed="often"
        expanded={panel === 'people'}
        count={waiting}
        onClick={() => onPanel('people')}
      />
      {snapshot.carePlanId && (
        <Control
          icon={NotebookPen}
          label={t('room.plan')}
          needed={bedside ? 'often' : 'always'}
          expanded={panel === 'plan'}
          onClick={() => onPanel('plan')}
        />
      )}
      {isStaff(you.role) && (
        <Control
          icon={ClipboardList}
          label={t('room.patientPanel')}
          needed="often"
          expanded={panel === 'patient'}
          count={left}
          onClick={() => onPanel('patient')}
        />
      )}
      {isStaff(you.role) && !agenda && (
        <Control
          icon={HeartPulse}
          label={t('room.vitals')}
          needed="often"
          expanded={panel === 'vitals'}
          onClick={() => onPanel('vitals')}
        />
      )}
      {(isStaff(you.role) || bedside) && !agenda && (
        <Control
          icon={ScanEye}
          label={t('room.examine')}
          needed="often"
          expanded={panel === 'examine'}
          onClick={() => onPanel('examine')}
        />
      )}
      <Control
        icon={SlidersHorizontal}
        label={t('line.control')}
        needed="seldom"
        expanded={panel === 'line'}
        onClick={() => onPanel('line')}
      />
      {bedside && (
        <Control
          icon={curtain ? Eye : EyeOff}
          label={t(curtain ? 'curtain.lift' : 'curtain.draw')}
          look={curtain ? 'lift' : undefined}
          onClick={() => void session.perform(curtain ? 'curtain:lift' : 'curtain:draw', {})}
        />
      )}
      <Control
        icon={Ellipsis}
        label={t(unfolded ? 'room.less' : 'room.more')}
        needed="folded"
        expanded={unfolded}
        count={unfolded ? 0 : waiting + left}
        onClick={() => setUnfolded(!unfolded)}
      />
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
  /** What is seldom needed is folded away on a tablet, what often is on a phone; `folded` brings it back. */
  needed?: 'always' | 'often' | 'seldom' | 'folded';
  look?: 'leave' | 'lift' | undefined;
  onClick: () => void;
};

function Control({ icon: Icon, label, on, expanded, count = 0, needed = 'always', look, onClick }: ControlProps) {
  const { t } = useWords();
  const state = on === undefined ? '' : t(on ? 'room.on' : 'room.off');
  return (
    <button
      type="button"
      className={css.control}
      data-off={on === false}
      data-look={look}
      data-needed={needed}
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
