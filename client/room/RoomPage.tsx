import { Siren } from 'lucide-react';
import { Activity, type ComponentType, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useMe } from '../app/me.ts';
import { openBook, useWords } from '../app/words.ts';
import { useReadAhead } from '../offline/useReadAhead.ts';
import { useSession, useView } from '../visit/useVisit.ts';
import { useMeasured } from '../vitals/useMeasured.ts';
import { Announcements } from './Announcements.tsx';
import { Banners } from './Banners.tsx';
import { ControlBar, type Panel } from './ControlBar.tsx';
import css from './RoomPage.module.css';
import { isBedside, isStaff } from './roles.ts';
import { Sounds } from './Sounds.tsx';
import { Stage } from './Stage.tsx';

const Curtain = lazy(() => import('./Curtain.tsx'));
const PeoplePanel = lazy(async () => (await Promise.all([import('./PeoplePanel.tsx'), openBook('office')]))[0]);
const LinePanel = lazy(async () => (await Promise.all([import('./LinePanel.tsx'), openBook('office')]))[0]);
const loadPatientPanel = async () => (await Promise.all([import('../care/PatientPanel.tsx'), openBook('office')]))[0];
const PatientPanel = lazy(loadPatientPanel);
const VitalsPanel = lazy(async () => (await Promise.all([import('../vitals/VitalsPanel.tsx'), openBook('office')]))[0]);
const ExaminationPanel = lazy(async () => (await Promise.all([import('../examining/ExaminationPanel.tsx'), openBook('office')]))[0]);
const OfflineBar = lazy(async () => (await Promise.all([import('../offline/OfflineBar.tsx'), openBook('office')]))[0]);
const AskedView = lazy(async () => (await Promise.all([import('../examining/AskedView.tsx'), openBook('office')]))[0]);
const VitalsStrip = lazy(async () => (await Promise.all([import('../vitals/VitalsStrip.tsx'), openBook('office')]))[0]);
const askBeforeTaking = async (visitId: string) => (await import('../examining/beforeTaking.ts')).beforeTaking(visitId);
const withPlan = (load: () => Promise<{ default: ComponentType<PanelProps> }>) => async () =>
  (await Promise.all([load(), openBook('office'), openBook('plan')]))[0];
const PlanPanel = lazy(withPlan(() => import('../careplan/PlanPanel.tsx')));
const MeetingBar = lazy(async () => (await Promise.all([import('../careplan/MeetingBar.tsx'), openBook('office'), openBook('plan')]))[0]);
const loadEmergency = async () => (await Promise.all([import('../care/EmergencyCard.tsx'), openBook('office')]))[0];
const EmergencyCard = lazy(loadEmergency);

type PanelProps = { snapshot: VisitSnapshot; onClose: () => void };

export type Layout = { mode: 'grid' | 'spotlight'; pinnedId: string | null };

/** From this width on a panel leaves room for the pictures, CSS px. */
const roomForPanel = 1_000;

/** How far back readings are looked at beside the pictures, days. */
const readingsBack = 90;

const afterFirstPicturesMs = 1_500;

type Props = {
  snapshot: VisitSnapshot;
  above?: ReactNode; // what this visit is a part of
  onLeave?: () => void; // instead of asking whether it ends for all
};

/** The visit itself: people large, oneself small, and what one needs to press along the lower edge. */
export default function RoomPage({ snapshot, above, onLeave }: Props) {
  const { t } = useWords();
  const session = useSession();
  const { phase } = useView(session);
  const me = useMe();
  const [layout, setLayout] = useState<Layout>({ mode: 'grid', pinnedId: null });
  const { you, curtain, emergency, state, asked } = snapshot;
  const staff = isStaff(you.role);
  const [panel, setPanel] = useState<Panel | null>(null);
  const vitals = useMeasured(
    { visitId: snapshot.visitId },
    readingsBack,
    snapshot.measuredAt,
    staff && (snapshot.measuredAt !== null || panel === 'vitals' || you.atBedside), // at the bed before the line goes
  );
  useReadAhead(snapshot.visitId, staff && you.atBedside);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${t('room.title')} · ${t('app.name')}`;
    heading.current?.focus();
  }, [t]);
  const beside = isBedside(you);
  const { visitId } = snapshot;
  const asks = staff && state !== 'in_progress';
  const begun = useRef(false);
  const [settled, setSettled] = useState(false); // of staff: the first pictures are there
  useEffect(() => {
    if (!staff || phase !== 'live' || begun.current) return;
    // After the first pictures, and there before they are needed: an emergency may come with a bad line.
    const timer = setTimeout(() => {
      begun.current = true;
      setSettled(true);
      void Promise.all([loadEmergency(), loadPatientPanel(), import('./Curtain.tsx'), beside && askBeforeTaking(visitId)]).catch(
        () => undefined,
      );
      if (asks && innerWidth >= roomForPanel) setPanel((chosen) => chosen ?? 'patient');
    }, afterFirstPicturesMs);
    return () => clearTimeout(timer);
  }, [staff, phase, asks, beside, visitId]);
  const stage = `${state === 'in_progress'} ${curtain !== null} ${emergency !== null} ${isBedside(you) ? asked?.id : ''}`;
  useEffect(() => {
    // On a small screen the panel gives way to what has just happened.
    if (stage !== '' && innerWidth < roomForPanel) setPanel(null);
  }, [stage]);
  return (
    <div className={css.room} data-emergency={emergency !== null}>
      {above}
      <header className={css.header}>
        <h1 ref={heading} tabIndex={-1} className={css.title}>
          <Patient snapshot={snapshot} />
        </h1>
        {staff && !emergency && (
          <button type="button" className={css.emergency} onClick={() => void session.perform('emergency:raise', {})}>
            <Siren aria-hidden size={22} /> {t('emergency.raise')}
          </button>
        )}
      </header>
      {emergency && (
        <Suspense>
          <EmergencyCard snapshot={snapshot} />
        </Suspense>
      )}
      <Banners snapshot={snapshot} />
      {settled && (
        <Suspense>
          <OfflineBar visitId={snapshot.visitId} />
        </Suspense>
      )}
      {asked && isBedside(you) && asked.byId !== you.id && !curtain && (
        <Suspense>
          <AskedView key={asked.id} snapshot={snapshot} asked={asked} />
        </Suspense>
      )}
      {vitals.measured && !me?.locked && (
        <Suspense>
          <VitalsStrip measured={vitals.measured} onOpen={() => setPanel('vitals')} />
        </Suspense>
      )}
      {snapshot.agenda && (
        <Suspense>
          <MeetingBar snapshot={snapshot} />
        </Suspense>
      )}
      <main className={css.main} aria-busy={phase !== 'live'}>
        {curtain ? (
          <Suspense>
            <Curtain bedside={isBedside(you)} />
          </Suspense>
        ) : (
          <Stage
            snapshot={snapshot}
            layout={layout}
            onPin={(pinnedId) => setLayout({ mode: pinnedId ? 'spotlight' : layout.mode, pinnedId })}
          />
        )}
        {panel && (
          <Activity key={me?.userId} mode={me?.locked && panel !== 'people' ? 'hidden' : 'visible'}>
            <Suspense>
              {panel === 'people' ? (
                <PeoplePanel snapshot={snapshot} onClose={() => setPanel(null)} />
              ) : panel === 'vitals' ? (
                <VitalsPanel snapshot={snapshot} state={vitals} onClose={() => setPanel(null)} />
              ) : panel === 'examine' ? (
                <ExaminationPanel snapshot={snapshot} onClose={() => setPanel(null)} />
              ) : panel === 'plan' ? (
                <PlanPanel snapshot={snapshot} onClose={() => setPanel(null)} />
              ) : panel === 'line' ? (
                <LinePanel snapshot={snapshot} onClose={() => setPanel(null)} />
              ) : (
                <PatientPanel snapshot={snapshot} onClose={() => setPanel(null)} />
              )}
            </Suspense>
          </Activity>
        )}
      </main>
      <ControlBar
        snapshot={snapshot}
        layout={layout}
        onLayout={setLayout}
        panel={panel}
        onPanel={(wanted) => setPanel(panel === wanted ? null : wanted)}
        onLeave={onLeave}
      />
      <Sounds />
      <Announcements snapshot={snapshot} />
    </div>
  );
}

/** Name, birth year and place: always there, so that nothing is said about another. */
function Patient({ snapshot: { patient, synthetic } }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  if (!patient) return t('room.title');
  const { name, birthYear, place, protectedIdentity } = patient;
  return (
    <>
      {t('room.patient', { name })} · {t('patient.born', { year: birthYear })} · {protectedIdentity ? t('patient.protected') : place}
      {synthetic && <span className={css.synthetic}>{t('app.syntheticPatient')}</span>}
    </>
  );
}
