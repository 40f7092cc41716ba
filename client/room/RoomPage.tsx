import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { useSession, useView } from '../visit/useVisit.ts';
import { Announcements } from './Announcements.tsx';
import { Banners } from './Banners.tsx';
import { ControlBar } from './ControlBar.tsx';
import css from './RoomPage.module.css';
import { Sounds } from './Sounds.tsx';
import { Stage } from './Stage.tsx';

const PeoplePanel = lazy(() => import('./PeoplePanel.tsx'));

export type Layout = { mode: 'grid' | 'spotlight'; pinnedId: string | null };

/** The visit itself: people large, oneself small, and what one needs to press along the lower edge. */
export default function RoomPage({ snapshot }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const { phase } = useView(session);
  const [layout, setLayout] = useState<Layout>({ mode: 'grid', pinnedId: null });
  const [panel, setPanel] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${t('room.title')} · ${t('app.name')}`;
    heading.current?.focus();
  }, [t]);
  return (
    <div className={css.room}>
      <header className={css.header}>
        <h1 ref={heading} tabIndex={-1} className={css.title}>
          {snapshot.patientName ? t('room.patient', { name: snapshot.patientName }) : t('room.title')}
        </h1>
      </header>
      <Banners snapshot={snapshot} />
      <main className={css.main} aria-busy={phase !== 'live'}>
        <Stage
          snapshot={snapshot}
          layout={layout}
          onPin={(pinnedId) => setLayout({ mode: pinnedId ? 'spotlight' : layout.mode, pinnedId })}
        />
        {panel && (
          <Suspense>
            <PeoplePanel snapshot={snapshot} onClose={() => setPanel(false)} />
          </Suspense>
        )}
      </main>
      <ControlBar snapshot={snapshot} layout={layout} onLayout={setLayout} panel={panel} onPanel={() => setPanel(!panel)} />
      <Sounds />
      <Announcements snapshot={snapshot} />
    </div>
  );
}
