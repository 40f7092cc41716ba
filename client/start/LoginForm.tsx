import { LogIn } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '../app/api.ts';
import { homeOf, setMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import css from './StartPage.module.css';

export function LoginForm() {
  const { t } = useWords();
  const navigate = useNavigate();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (username.trim() ? (password ? undefined : 'password') : 'username'),
    async () => {
      const me = await api('POST /api/login', { body: { username, password } });
      setMe(me);
      await navigate(homeOf(me));
    },
  );
  return (
    <form className={css.card} onSubmit={onSubmit} noValidate aria-labelledby="log-in">
      <h2 id="log-in">{t('start.staff')}</h2>
      <Field
        name="username"
        label={t('start.username')}
        value={username}
        onChange={setUsername}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        error={errorOf('username')}
      />
      <Field
        name="password"
        label={t('start.password')}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        error={errorOf('password')}
      />
      {words && <Notice look="problem">{words}</Notice>}
      <Button type="submit" look="primary" disabled={busy} icon={<LogIn aria-hidden size={22} />}>
        {t('start.logIn')}
      </Button>
    </form>
  );
}
