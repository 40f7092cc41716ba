import { LogIn } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api, codeOf } from '../app/api.ts';
import { homeOf, setMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import css from './StartPage.module.css';

/** Name and password, and the one-time code of those who use them. */
export function LoginForm() {
  const { t } = useWords();
  const navigate = useNavigate();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [wantsCode, setWantsCode] = useState(false);
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => {
      if (!username.trim()) return 'username';
      if (!password) return 'password';
      return wantsCode && !code.trim() ? 'oneTimeCode' : undefined;
    },
    async () => {
      try {
        const me = await api('POST /api/login', { body: { username, password, ...(wantsCode ? { oneTimeCode: code } : {}) } });
        setMe(me);
        await navigate(homeOf(me));
      } catch (error) {
        if (codeOf(error) !== 'totp_required') throw error;
        setWantsCode(true);
      }
    },
  );
  return (
    <form className={css.form} onSubmit={onSubmit} noValidate aria-labelledby="log-in">
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
      {wantsCode && (
        <Field
          name="oneTimeCode"
          label={t('start.oneTimeCode')}
          hint={t('start.oneTimeCodeHint')}
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          error={errorOf('oneTimeCode')}
        />
      )}
      {words && <Notice look="problem">{words}</Notice>}
      <Button type="submit" look="primary" disabled={busy} icon={<LogIn aria-hidden size={22} />}>
        {t('start.logIn')}
      </Button>
    </form>
  );
}
