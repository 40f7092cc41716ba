import { ArrowRight, Mic, MicOff } from 'lucide-react';
import { Link } from 'react-router';
import type { Round, RoundItem } from '../../contract/rounds.ts';
import { api } from '../app/api.ts';
import { useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { LockBanner } from '../room/LockBanner.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import { useLocal, useSession, useView } from '../visit/useVisit.ts';
import { BriefView } from './BriefView.tsx';
import { DecisionForm } from './DecisionForm.tsx';
import { DecisionView } from './DecisionView.tsx';
import { OpenPartition } from './OpenPartition.tsx';
import { isDone, nextOf, standingOf, useRoundAct } from './useRound.ts';

/** Nobody is seen and nobody but the two is heard: what is known of who comes, and how their door is opened. */
export function Between({ round, item }: { round: Round; item: RoundItem }) {
  const { t } = useWords();
  const me = useMe();
  const { patient, brief, decision } = item;
  const done = isDone(item);
  if (me?.locked)
    return (
      <Page title={t('locked.title')} wide>
        <LockBanner />
        <StaffLine round={round} />
      </Page>
    );
  return (
    <Page title={t(done ? 'round.doneWith' : 'round.next', { name: patient.name })} wide>
      <StaffLine round={round} />
      <div className={css.pair} style={{ alignItems: 'start' }}>
        <div>
          {round.may.bedside && !done && <OpenPartition round={round} item={item} />}
          {!round.may.bedside && !done && <Notice>{t('round.waitsForBedside')}</Notice>}
          <Card title={patient.name} id="resident">
            <p>
              {t('patient.born', { year: patient.birthYear })}
              {patient.place && ` · ${patient.place}`}
            </p>
            {item.infected && <Notice>{t('round.infected')}</Notice>}
            {brief ? <BriefView brief={brief} /> : <p>{t('round.briefNone')}</p>}
          </Card>
          {decision && (
            <Card title={t('round.decide')} id="decision">
              <DecisionView round={round} item={item} decision={decision} />
            </Card>
          )}
          {round.may.lead && !decision && (
            <details className={css.card}>
              <summary>{t('round.decideOf', { name: patient.name })}</summary>
              <DecisionForm round={round} item={item} onDone={() => undefined} />
            </details>
          )}
        </div>
        <Others round={round} item={item} />
      </div>
    </Page>
  );
}

/** Doctor and bedside hear each other. At the bed the microphone is off until one wants to speak. */
function StaffLine({ round }: { round: Round }) {
  const { t } = useWords();
  const session = useSession();
  const { snapshot, phase, connected, remote } = useView(session);
  const { tracks, wanted } = useLocal(session);
  const bedside = snapshot?.you.atBedside ?? round.may.bedside;
  const speaks = tracks.microphone !== undefined && wanted.microphone;
  const others = snapshot?.people.filter(({ id, presence }) => id !== snapshot.you.id && presence === 'room').length ?? 0;
  return (
    <Card title={t('round.line')} id="line">
      <p role="status">
        {!connected || phase !== 'live'
          ? t('room.connecting')
          : others === 0
            ? t('round.alone')
            : t(speaks ? (remote.size > 0 ? 'round.hear' : 'round.there') : 'round.hearMuted')}
      </p>
      <div>
        <Button
          aria-pressed={speaks}
          icon={speaks ? <Mic aria-hidden size={22} /> : <MicOff aria-hidden size={22} />}
          onClick={() => (bedside ? session.talk(!speaks) : void session.own.turn('microphone', !speaks))}
        >
          {t(speaks ? 'round.stopTalking' : 'round.talk')}
        </Button>
      </div>
    </Card>
  );
}

/** On to the next, past one who is not done, or back to one who was left. */
function wayTo({ items }: Round, item: RoundItem, next: RoundItem): 'round.goOnTo' | 'round.backTo' | 'round.skipTo' {
  if (items.indexOf(next) < items.indexOf(item)) return 'round.backTo';
  return isDone(item) ? 'round.goOnTo' : 'round.skipTo';
}

/** Who is left, and the way to them; who was left is returned to. */
function Others({ round, item }: { round: Round; item: RoundItem }) {
  const { t } = useWords();
  const { act, busy, problem, dialog } = useRoundAct(round);
  const next = nextOf(round);
  const go = (to: RoundItem): void =>
    void act(() => api('POST /api/rounds/:roundId/items/:itemId/next', { params: { roundId: round.id, itemId: to.id } }));
  return (
    <Card title={t('round.residents')} id="others">
      {problem && <Notice look="problem">{problem}</Notice>}
      {next ? (
        <Button
          look={isDone(item) ? 'primary' : 'plain'}
          wide
          disabled={busy}
          icon={<ArrowRight aria-hidden size={22} />}
          onClick={() => go(next)}
        >
          {t(wayTo(round, item, next), { name: next.patient.name })}
        </Button>
      ) : (
        <Notice>{t('round.last')}</Notice>
      )}
      <ol className={css.list}>
        {round.items.map((one, index) => (
          <li key={one.id} aria-current={one.id === item.id}>
            <p className={css.grow}>
              {index + 1}. {one.patient.name}
            </p>
            <span className={css.badge}>{t(one.id === item.id && !isDone(one) ? 'round.now' : standingOf(round, one))}</span>
            {one.id !== item.id && one !== next && !isDone(one) && (
              <Button disabled={busy} aria-label={t('round.goTo', { name: one.patient.name })} onClick={() => go(one)}>
                {t('round.goThere')}
              </Button>
            )}
          </li>
        ))}
      </ol>
      <p>
        <Link to={`/rounds/${round.id}`}>{t('round.toList')}</Link>
      </p>
      {dialog}
    </Card>
  );
}
