import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Round, RoundItem } from '../../contract/rounds.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { BriefForm } from './BriefForm.tsx';
import { BriefView } from './BriefView.tsx';
import { DecisionForm } from './DecisionForm.tsx';
import { DecisionView } from './DecisionView.tsx';
import { standingOf, useRoundAct } from './useRound.ts';

/** The residents in the order that they are taken in; it is changed by hand, with keys as well as by touch. */
export function Residents({ round }: { round: Round }) {
  const { t } = useWords();
  const { act, busy, problem, dialog } = useRoundAct(round);
  const { items, may, state, id: roundId, version } = round;
  const move = (index: number, by: 1 | -1): void => {
    const itemIds = items.map(({ id }) => id);
    const [moved] = itemIds.splice(index, 1);
    if (moved) itemIds.splice(index + by, 0, moved);
    void act(() => api('PUT /api/rounds/:roundId/order', { params: { roundId }, body: { itemIds, basedOn: version } }));
  };
  const movable = may.prepare && state !== 'closed';
  return (
    <Card title={t('round.residents')} id="residents">
      {items.length === 0 && <p>{t('round.nobody')}</p>}
      {problem && <Notice look="problem">{problem}</Notice>}
      <ol className={css.list}>
        {items.map((item, index) => (
          <li key={item.id}>
            <Resident round={round} item={item} nr={index + 1} />
            {movable && (
              <>
                <Button
                  aria-label={t('round.up', { name: item.patient.name })}
                  icon={<ArrowUp aria-hidden size={20} />}
                  disabled={busy || index === 0}
                  onClick={() => move(index, -1)}
                />
                <Button
                  aria-label={t('round.down', { name: item.patient.name })}
                  icon={<ArrowDown aria-hidden size={20} />}
                  disabled={busy || index === items.length - 1}
                  onClick={() => move(index, 1)}
                />
              </>
            )}
            {may.prepare && (state === 'draft' || state === 'list_open') && (
              <Button
                aria-label={t('round.takeOff', { name: item.patient.name })}
                icon={<Trash2 aria-hidden size={20} />}
                disabled={busy}
                onClick={() => void act(() => api('DELETE /api/rounds/:roundId/items/:itemId', { params: { roundId, itemId: item.id } }))}
              />
            )}
          </li>
        ))}
      </ol>
      {dialog}
    </Card>
  );
}

function Resident({ round, item, nr }: { round: Round; item: RoundItem; nr: number }) {
  const { t } = useWords();
  const [writing, setWriting] = useState<'brief' | 'decision' | null>(null);
  const { patient, urgency, infected, brief, briefReady, decision, relatives } = item;
  const running = round.state === 'running';
  return (
    <div className={css.grow}>
      <p>
        <strong>
          {nr}. {patient.name}
        </strong>{' '}
        {t('patient.born', { year: patient.birthYear })}
        {patient.place && ` · ${patient.place}`}
      </p>
      <p className={css.row}>
        <span className={css.badge}>{t(standingOf(round, item))}</span>
        {urgency !== 'routine' && <span className={`${css.badge} ${css.warn}`}>{t(`round.urgency.${urgency}`)}</span>}
        {infected && <span className={`${css.badge} ${css.warn}`}>{t('round.infected')}</span>}
        <span className={css.soft}>{t(briefReady ? 'round.briefReady' : brief ? 'round.briefBegun' : 'round.briefNone')}</span>
        {relatives.length > 0 && (
          <span className={css.soft}>{t('round.comes', { names: relatives.map(({ name }) => name).join(', ') })}</span>
        )}
      </p>
      {writing === 'brief' && <BriefForm round={round} item={item} onDone={() => setWriting(null)} />}
      {writing === 'decision' && <DecisionForm round={round} item={item} onDone={() => setWriting(null)} />}
      {writing === null && (
        <>
          {brief && <BriefView brief={brief} />}
          {decision && <DecisionView round={round} item={item} decision={decision} />}
          <div className={css.row}>
            {round.may.prepare && round.state !== 'closed' && (
              <Button look="quiet" aria-label={t('round.briefOf', { name: patient.name })} onClick={() => setWriting('brief')}>
                {t(brief ? 'round.changeBrief' : 'round.writeBrief')}
              </Button>
            )}
            {round.may.lead && running && (
              <Button look="quiet" aria-label={t('round.decideOf', { name: patient.name })} onClick={() => setWriting('decision')}>
                {t(decision ? 'round.changeDecision' : 'round.decide')}
              </Button>
            )}
          </div>
        </>
      )}
    </div>
  );
}
