import { useWords } from '../app/words.ts';
import css from './Loading.module.css';

export function Loading() {
  const { t } = useWords();
  return (
    <main className={css.loading}>
      <p role="status">{t('app.loading')}</p>
    </main>
  );
}
