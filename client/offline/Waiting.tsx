import { useSyncExternalStore } from 'react';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { type Entry, outbox, type Problem } from './Outbox.ts';
import css from './Waiting.module.css';

/** What was refused and what is just being sent needs to be seen; the rest waits without taking room. */
const isPressing = ({ state, made }: Entry): boolean => state === 'refused' || (state === 'sending' && made.what === 'still');

/** What was made here and is on its way: each with how far it has come, and what to do about what was refused. */
export function Waiting({ visitId }: { visitId?: string }) {
  const { t } = useWords();
  const { entries } = useSyncExternalStore(outbox.view.subscribe, outbox.view.get);
  const own = entries.filter(({ made }) => visitId === undefined || made.visitId === visitId);
  if (own.length === 0) return null;
  const calm = own.filter((entry) => !isPressing(entry));
  return (
    <>
      <List entries={own.filter(isPressing)} />
      {calm.length > 0 && (
        <details>
          <summary>{t('offline.show')}</summary>
          <List entries={calm} />
        </details>
      )}
    </>
  );
}

function List({ entries }: { entries: Entry[] }) {
  if (entries.length === 0) return null;
  return (
    <ul className={css.list}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <One entry={entry} />
        </li>
      ))}
    </ul>
  );
}

function One({ entry }: { entry: Entry }) {
  const { t } = useWords();
  const { made, state, percent, problem } = entry;
  const what = t('offline.of', { what: t(`offline.${made.what}`), name: made.about });
  if (state === 'refused' && problem) return <Refused entry={entry} what={what} problem={problem} />;
  const words = `${what}: ${t(`offline.state.${state}`)}`;
  return (
    <div role="status">
      <p>{words}</p>
      {made.what === 'still' && state === 'sending' && (
        <progress max={100} value={percent} aria-label={t('offline.percent', { percent })} />
      )}
    </div>
  );
}

const ownWords = ['noConsent', 'unconfirmed', 'delegation', 'conflict'] as const;
const hasOwnWords = (problem: Problem): problem is (typeof ownWords)[number] => ownWords.some((one) => one === problem);

function Refused({ entry, what, problem }: { entry: Entry; what: string; problem: Problem }) {
  const { t } = useWords();
  const { id, made } = entry;
  return (
    <Notice look="problem">
      <p>
        <strong>{`${what}: ${t('offline.state.refused')}.`}</strong>{' '}
        {hasOwnWords(problem) ? t(`offline.why.${problem}`) : t(`error.${problem}`)}
      </p>
      {made.what === 'note' && <blockquote className={css.note}>{made.body.text}</blockquote>}
      <div className={css.row}>
        {problem === 'unconfirmed' && <Button onClick={() => void outbox.confirm(entry)}>{t('offline.isRight')}</Button>}
        {!hasOwnWords(problem) && <Button onClick={() => outbox.retry(id)}>{t('offline.again')}</Button>}
        <Button look="quiet" onClick={() => void outbox.discard(id)}>
          {t('offline.discard')}
        </Button>
      </div>
    </Notice>
  );
}
