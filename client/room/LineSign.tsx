import { SignalHigh, SignalLow, SignalMedium } from 'lucide-react';
import type { Grade } from '../../contract/line.ts';
import { useWords } from '../app/words.ts';
import css from './Stage.module.css';

const signs = { good: SignalHigh, weak: SignalMedium, bad: SignalLow };

/** How somebody comes in, in bars and in words; the words are seen as soon as it is not good. */
export function LineSign({ grade }: { grade: Grade }) {
  const { t } = useWords();
  const Sign = signs[grade];
  return (
    <span className={css.sign} data-grade={grade}>
      <Sign aria-hidden size={18} />
      <small className={grade === 'good' ? 'visually-hidden' : ''}>{t(`line.${grade}`)}</small>
    </span>
  );
}
