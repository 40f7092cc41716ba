import { PenLine, RotateCcw } from 'lucide-react';
import type { Decision, Round, RoundItem } from '../../contract/rounds.ts';
import { api } from '../app/api.ts';
import { bothClocks, dateOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Facts } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useRoundAct } from './useRound.ts';

type Props = { round: Round; item: RoundItem; decision: Decision & { version: number } };

/** What was decided, who does what follows, and that it was read back and signed. */
export function DecisionView({ round, item, decision }: Props) {
  const { t, language } = useWords();
  const { act, busy, problem, dialog } = useRoundAct(round);
  const params = { roundId: round.id, itemId: item.id };
  const { signed, readBack } = item;
  const stamp = (one: RoundItem['signed']): string | null => one && `${one.by.name ?? one.by.place}, ${bothClocks(one.at, language).care}`;
  const open = round.state !== 'closed';
  return (
    <>
      <Facts
        facts={[
          [t('round.outcome'), decision.outcome],
          [t('round.instructions'), decision.instructions],
          [
            t('round.followUp'),
            decision.followUpOwner && `${decision.followUpOwner}${decision.followUpOn ? `, ${dateOf(decision.followUpOn, language)}` : ''}`,
          ],
          [t('round.readBack'), stamp(readBack)],
          [t('round.signed'), stamp(signed)],
        ]}
      />
      {problem && <Notice look="problem">{problem}</Notice>}
      <div className={css.row}>
        {open && round.may.bedside && decision.instructions !== '' && !readBack && (
          <Button
            disabled={busy}
            icon={<RotateCcw aria-hidden size={20} />}
            aria-label={t('round.readBackOf', { name: item.patient.name })}
            onClick={() => void act(() => api('POST /api/rounds/:roundId/items/:itemId/read-back', { params }))}
          >
            {t('round.haveReadBack')}
          </Button>
        )}
        {open && round.may.lead && !signed && (
          <Button
            look="primary"
            disabled={busy}
            icon={<PenLine aria-hidden size={20} />}
            aria-label={t('round.signOf', { name: item.patient.name })}
            onClick={() =>
              void act(
                () => api('POST /api/rounds/:roundId/items/:itemId/sign', { params, body: { basedOn: decision.version } }),
                item.patient.name,
              )
            }
          >
            {t('round.sign')}
          </Button>
        )}
      </div>
      {dialog}
    </>
  );
}
