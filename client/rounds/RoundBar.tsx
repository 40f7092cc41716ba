import { DoorClosed, FileText, PenLine } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Round, RoundItem } from '../../contract/rounds.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { BriefView } from './BriefView.tsx';
import { DecisionForm, type Draft } from './DecisionForm.tsx';
import { DecisionView } from './DecisionView.tsx';
import css from './Rounds.module.css';
import { useRoundAct } from './useRound.ts';

/** Above the pictures: whose turn it is, for how long, what is decided, and the way out of the room. */
export function RoundBar({ round, item }: { round: Round; item: RoundItem }) {
  const { t } = useWords();
  const { act, busy, problem, dialog } = useRoundAct(round);
  const [deciding, setDeciding] = useState<'no' | 'read' | 'write'>('no');
  const kept = useRef<Draft | null>(null);
  const [reading, setReading] = useState(false);
  const minutes = useMinutes(item);
  const nr = round.items.findIndex(({ id }) => id === item.id) + 1;
  return (
    <section className={css.bar} aria-label={t('round.title')}>
      <p>
        <strong>{t('round.nrOf', { nr, count: round.items.length })}</strong> {t('round.minutes', { count: minutes })}
        {item.decision && ` · ${t(`round.item.${item.decision.as}`)}`}
      </p>
      {problem && <p role="alert">{problem}</p>}
      <div className={css.ways}>
        {item.brief && (
          <Button icon={<FileText aria-hidden size={22} />} onClick={() => setReading(true)}>
            {t('round.brief.title')}
          </Button>
        )}
        {(round.may.lead || item.decision) && (
          <Button
            icon={<PenLine aria-hidden size={22} />}
            onClick={() => setDeciding(item.decision && kept.current === null ? 'read' : 'write')}
          >
            {t('round.decide')}
          </Button>
        )}
        <Button
          look="primary"
          disabled={busy}
          icon={<DoorClosed aria-hidden size={22} />}
          onClick={() =>
            void act(() => api('POST /api/rounds/:roundId/items/:itemId/seal', { params: { roundId: round.id, itemId: item.id } }))
          }
        >
          {t('round.leaveRoom')}
        </Button>
      </div>
      {reading && item.brief && (
        <DialogFrame title={t('round.briefOf', { name: item.patient.name })} onClose={() => setReading(false)} cancel={t('app.close')}>
          <BriefView brief={item.brief} />
        </DialogFrame>
      )}
      {deciding !== 'no' && (
        <DialogFrame title={t('round.decideOf', { name: item.patient.name })} onClose={() => setDeciding('no')} cancel={t('app.close')}>
          {deciding === 'write' && round.may.lead && !item.signed && (
            <DecisionForm key={item.decision?.version ?? 0} round={round} item={item} kept={kept} onDone={() => setDeciding('read')} />
          )}
          {deciding === 'read' && item.decision && (
            <>
              <DecisionView round={round} item={item} decision={item.decision} />
              {round.may.lead && !item.signed && (
                <Button look="quiet" onClick={() => setDeciding('write')}>
                  {t('round.changeDecision')}
                </Button>
              )}
            </>
          )}
          {deciding === 'read' && !item.decision && <p>{t('round.missing.state', { name: item.patient.name })}</p>}
        </DialogFrame>
      )}
      {dialog}
    </section>
  );
}

/** Since the partition was opened, all its times together. */
function useMinutes({ seconds }: RoundItem): number {
  const [since, setSince] = useState({ seconds, at: Date.now() });
  const [now, setNow] = useState(Date.now);
  useEffect(() => setSince({ seconds, at: Date.now() }), [seconds]);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return Math.floor((since.seconds + Math.max(0, now - since.at) / 1_000) / 60);
}
