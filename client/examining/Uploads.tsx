import { useSyncExternalStore } from 'react';
import { useWords } from '../app/words.ts';
import { Notice } from '../ui/Notice.tsx';
import css from './Examining.module.css';
import { type Upload, uploads } from './uploads.ts';

/** How far pictures have come on their way. */
export function Uploads({ visitId }: { visitId: string }) {
  const { list } = useSyncExternalStore(uploads.subscribe, uploads.get);
  const own = list.filter((one) => one.visitId === visitId);
  if (own.length === 0) return null;
  return (
    <div className={css.uploads} role="status">
      {own.map((one) => (
        <Progress key={one.id} upload={one} />
      ))}
    </div>
  );
}

function Progress({ upload: { state, percent, problem } }: { upload: Upload }) {
  const { t } = useWords();
  if (state === 'refused' && problem)
    return (
      <Notice look="problem">{t('still.refused', { why: problem === 'noConsent' ? t('still.noConsent') : t(`error.${problem}`) })}</Notice>
    );
  if (state === 'arrived') return <Notice>{t('still.arrived')}</Notice>;
  const words = state === 'waits' ? t('still.waits') : t('still.sending', { percent });
  return (
    <div className={css.progress}>
      <p>{words}</p>
      <progress max={100} value={percent} aria-label={words} />
    </div>
  );
}
