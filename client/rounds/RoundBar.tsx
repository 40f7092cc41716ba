import { DoorClosed, PenLine } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Round, RoundItem } from '../../contract/rounds.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { DecisionForm } from './DecisionForm.tsx';
import { DecisionView } from './DecisionView.tsx';
import css from './Rounds.module.css';
import { useRoundAct } from './useRound.ts';

/** Above the pictures: whose turn it is, for how long, what is decided, and the way out of the room. */
export function RoundBar({ round, item }: { round: Round; item: RoundItem }) {
  const { t } = useWords();
  const { act, busy, problem, dialog } = useRoundAct(round);
  const [deciding, setDeciding] = useState(false);
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
        {(round.may.lead || item.decision) && (
          <Button icon={<PenLine aria-hidden size={22} />} onClick={() => setDeciding(true)}>
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
      {deciding && (
        <DialogFrame title={t('round.decideOf', { name: item.patient.name })} onClose={() => setDeciding(false)} cancel={t('app.close')}>
          {round.may.lead && !item.signed ? (
            <DecisionForm key={item.decision?.version ?? 0} round={round} item={item} onDone={() => setDeciding(false)} />
          ) : null}
          {item.decision && <DecisionView round={round} item={item} decision={item.decision} />}
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
