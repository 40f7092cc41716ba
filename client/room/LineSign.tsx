import { SignalHigh, SignalLow, SignalMedium } from 'lucide-react';
import type { Grade } from '../../contract/line.ts';
import { useWords } from '../app/words.ts';
import css from './Stage.module.css';

const signs = { good: SignalHigh, weak: SignalMedium, bad: SignalLow };

/** How somebody comes in, in bars and in words; on a picture the words are seen as soon as it is not good. */
export function LineSign({ grade, spelled = false }: { grade: Grade; spelled?: boolean }) {
  const { t } = useWords();
  const Sign = signs[grade];
  return (
    <span className={css.sign} data-grade={grade}>
      <Sign aria-hidden size={26} strokeWidth={2.5} />
      <small className={grade === 'good' && !spelled ? 'visually-hidden' : ''}>{t(`line.${grade}`)}</small>
    </span>
  );
}
