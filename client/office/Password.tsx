import { useWords } from '../app/words.ts';
import css from './Codes.module.css';

/** A password to hand over. It is kept nowhere in clear, so it is shown this once. */
export function Password({ username, password }: { username: string; password: string }) {
  const { t } = useWords();
  return (
    <div className={css.code} role="status">
      <p className={css.numbers}>
        {t('start.username')} <b className={css.secret}>{username}</b>
      </p>
      <p className={css.numbers}>
        {t('start.password')} <b className={css.secret}>{password}</b>
      </p>
      <p>{t('login.once')}</p>
    </div>
  );
}
