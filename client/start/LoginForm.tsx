import { LogIn } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '../app/api.ts';
import { setMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import css from './StartPage.module.css';
import { useSubmit } from './useSubmit.ts';

export function LoginForm() {
  const { t } = useWords();
  const navigate = useNavigate();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const { onSubmit, busy, field, words } = useSubmit(
    () => (username.trim() ? (password ? undefined : 'password') : 'username'),
    async () => {
      setMe(await api('POST /api/login', { body: { username, password } }));
      await navigate('/today');
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
        error={field === 'username' ? t('field.username') : undefined}
      />
      <Field
        name="password"
        label={t('start.password')}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
        error={field === 'password' ? t('field.password') : undefined}
      />
      {words && <Notice look="problem">{words}</Notice>}
      <Button type="submit" look="primary" disabled={busy} icon={<LogIn aria-hidden size={22} />}>
        {t('start.logIn')}
      </Button>
    </form>
  );
}
