import { lazy, Suspense, useEffect } from 'react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { bothClocks } from '../app/times.ts';
import { openBook, useWords } from '../app/words.ts';
import type { Phase } from '../media/VisitSession.ts';
import { Notice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import { UnitPhone } from '../visit/UnitPhone.tsx';
import { useSession, useView } from '../visit/useVisit.ts';
import { AsidePanel } from './AsidePanel.tsx';
import { DeviceCheck } from './DeviceCheck.tsx';
import { EnterPanel } from './EnterPanel.tsx';
import { LineCheckCard } from './LineCheckCard.tsx';
import css from './LobbyPage.module.css';
import { WaitingPanel } from './WaitingPanel.tsx';
import { WithheldPanel } from './WithheldPanel.tsx';

const Referrals = lazy(async () => (await Promise.all([import('../referrals/Referrals.tsx'), openBook('office')]))[0]);

const titles: Partial<Record<Phase, 'lobby.waitingTitle' | 'lobby.withheldTitle' | 'lobby.asideTitle'>> = {
  waiting: 'lobby.waitingTitle',
  withheld: 'lobby.withheldTitle',
  aside: 'lobby.asideTitle',
};

/** Before the door: see and hear that it works, know what happens next, one button. */
export function LobbyPage({ snapshot }: { snapshot: VisitSnapshot }) {
  const { t, language } = useWords();
  const session = useSession();
  const { phase, connected, problem } = useView(session);
  useEffect(() => void session.local.open(), [session]);
  const { patient } = snapshot;
  const { care, here } = bothClocks(snapshot.startsAt, language);
  return (
    <Page title={t(titles[phase] ?? 'lobby.title')}>
      <p className={css.lead}>
        {patient &&
          `${t('room.patient', { name: patient.name })} · ${t('patient.born', { year: patient.birthYear })} · ${patient.place ?? t('patient.protected')} · `}
        {snapshot.unit.name} · {t('today.at', { time: care })}
        {here && ` (${t('today.yourTime', { time: here })})`}
      </p>
      {snapshot.late.care !== null && snapshot.state !== 'in_progress' && <Notice>{t('late.care', { count: snapshot.late.care })}</Notice>}
      {snapshot.turn && snapshot.you.status !== 'admitted' && (
        <Notice>{t('lobby.turn', { count: snapshot.turn.ahead, minutes: snapshot.turn.minutes })}</Notice>
      )}
      {!connected && <Notice>{t('error.offline')}</Notice>}
      {connected && problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
      <div className={css.columns}>
        <DeviceCheck />
        <div className={css.side}>
          {snapshot.you.answers !== null && (
            <section className={css.card}>
              <Suspense>
                <Referrals visitId={snapshot.visitId} people={[snapshot.you]} onlyMine />
              </Suspense>
            </section>
          )}
          {phase === 'withheld' ? (
            <WithheldPanel />
          ) : phase === 'aside' ? (
            <AsidePanel agenda={snapshot.agenda} />
          ) : phase === 'waiting' ? (
            <WaitingPanel />
          ) : (
            <EnterPanel snapshot={snapshot} />
          )}
          <LineCheckCard visitId={snapshot.visitId} />
          <UnitPhone unit={snapshot.unit} />
        </div>
      </div>
    </Page>
  );
}
