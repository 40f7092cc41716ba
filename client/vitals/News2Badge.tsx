import { CircleAlert, CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import type { News2 } from '../../contract/news2.ts';
import { useWords } from '../app/words.ts';
import css from './Vitals.module.css';

const signs = { low: CircleCheck, lowMedium: CircleAlert, medium: TriangleAlert, high: TriangleAlert };

/** The score, what it means, and that it is incomplete while something is: never colour alone. */
export function News2Badge({
  score,
  missing,
  risk,
  scale,
  brief,
}: Pick<News2, 'score' | 'missing' | 'risk'> & { scale: 1 | 2; brief?: boolean }) {
  const { t } = useWords();
  const whole = missing.length === 0;
  const Sign = whole ? signs[risk] : CircleDashed;
  const names = missing.map((parameter) => t(`news2.parameter.${parameter}`)).join(', ');
  return (
    <div className={css.news2} data-risk={whole || score >= 5 ? risk : 'open'}>
      <p className={css.score}>
        <Sign aria-hidden size={22} />
        <strong>{t(whole ? 'news2.score' : 'news2.atLeast', { score })}</strong>
        <span>{whole ? t(`news2.risk.${risk}`) : t('news2.incomplete')}</span>
      </p>
      {!brief && !whole && <p>{t('news2.missing', { names })}</p>}
      {!brief && scale === 2 && <p>{t('news2.scale2')}</p>}
    </div>
  );
}
