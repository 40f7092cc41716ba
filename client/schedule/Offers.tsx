import { type ReactNode, useState } from 'react';
import type { UnitPlan } from '../../contract/scheduling.ts';
import { codeOf } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';

type Offer = { id: string; name: string };
type Props<T extends Offer> = {
  id: string;
  words: { title: string; none: string; add: string; stillUsed: string };
  offers: T[];
  mayChange: boolean;
  line: (offer: T) => ReactNode;
  form: (offer: T | null, onDone: (plan?: UnitPlan) => void) => ReactNode;
  onEnd: (offer: T) => Promise<UnitPlan>;
  onPlan: (plan: UnitPlan) => void;
};

/** What a unit has of one sort: each is changed and taken away, one more is added. */
export function Offers<T extends Offer>({ id, words, offers, mayChange, line, form, onEnd, onPlan }: Props<T>) {
  const { t } = useWords();
  const [editing, setEditing] = useState<T | 'new' | null>(null);
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const end = (offer: T): void => {
    setProblem(null);
    onEnd(offer).then(onPlan, (error: unknown) => setProblem(codeOf(error)));
  };
  const [saved, setSaved] = useState(false);
  const done = (plan?: UnitPlan): void => {
    setEditing(null);
    setSaved(plan !== undefined);
    if (plan) onPlan(plan);
  };
  return (
    <Card title={words.title} id={id}>
      {offers.length === 0 && <p>{words.none}</p>}
      {problem && <Notice look="problem">{problem === 'conflict' ? words.stillUsed : t(`error.${problem}`)}</Notice>}
      <ul className={css.list}>
        {offers.map((offer) => (
          <li key={offer.id}>
            <div className={css.grow}>{line(offer)}</div>
            {mayChange && (
              <>
                <Button aria-label={t('plan.changeName', { name: offer.name })} onClick={() => setEditing(offer)}>
                  {t('edit.change')}
                </Button>
                <Button look="quiet" aria-label={t('plan.endName', { name: offer.name })} onClick={() => end(offer)}>
                  {t('plan.end')}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      {saved && !editing && <Notice>{t('plan.saved')}</Notice>}
      {editing && <div key={editing === 'new' ? 'new' : editing.id}>{form(editing === 'new' ? null : editing, done)}</div>}
      {mayChange && !editing && (
        <div>
          <Button onClick={() => setEditing('new')}>{words.add}</Button>
        </div>
      )}
    </Card>
  );
}
