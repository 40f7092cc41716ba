import { KeyRound, LockOpen } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Me } from '../../contract/identity.ts';
import { api, codeOf } from '../app/api.ts';
import { setMe } from '../app/me.ts';
import { hearOtherPages } from '../app/otherPages.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import css from './Identity.module.css';
import { ProviderButtons, useProviders } from './ProviderButtons.tsx';

type Props = { me: Me; onProved: () => void; byProvider?: boolean };

/** Shows again who one is: PIN, password or e-ID. */
export function ProofForm({ me, onProved, byProvider = true }: Props) {
  const { t } = useWords();
  const providers = useProviders().filter(({ audience }) => (audience === 'staff') === (me.kind === 'staff'));
  const [byPin, setByPin] = useState(me.hasPin && me.locked !== 'absolute');
  const [pin, setPin] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [wantsCode, setWantsCode] = useState(false);
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => {
      if (byPin) return /^\d{4,8}$/.test(pin) ? undefined : 'pin';
      return password ? undefined : 'password';
    },
    async () => {
      try {
        const body = byPin ? { pin } : { password, ...(wantsCode ? { oneTimeCode: code } : {}) };
        setMe(await api('POST /api/session/unlock', { body }));
        onProved();
      } catch (error) {
        setPin('');
        if (codeOf(error) === 'rate_limited') setByPin(false);
        if (codeOf(error) !== 'totp_required') throw error;
        setWantsCode(true);
      }
    },
  );
  const proved = useRef(onProved);
  proved.current = onProved;
  useEffect(() => hearOtherPages((news) => news === 'proved' && proved.current()), []);
  const byPassword = me.local && me.level < 3; // what was begun by e-ID is opened by e-ID, or a PIN
  const forms = byPin || byPassword;
  return (
    <div className={css.ways}>
      {forms && (
        <form className={css.form} onSubmit={onSubmit} noValidate>
          {byPin ? (
            <Field
              name="pin"
              label={t('proof.pin')}
              type="password"
              inputMode="numeric"
              autoComplete="off"
              value={pin}
              onChange={setPin}
              maxLength={8}
              error={errorOf('pin')}
            />
          ) : (
            <>
              <Field
                name="password"
                label={t('start.password')}
                type="password"
                autoComplete="current-password"
                value={password}
                onChange={setPassword}
                error={errorOf('password')}
              />
              {wantsCode && (
                <Field
                  name="oneTimeCode"
                  label={t('start.oneTimeCode')}
                  autoComplete="one-time-code"
                  value={code}
                  onChange={setCode}
                  error={errorOf('oneTimeCode')}
                />
              )}
            </>
          )}
          {words && <Notice look="problem">{words}</Notice>}
          <Button type="submit" look="primary" wide disabled={busy} icon={<LockOpen aria-hidden size={22} />}>
            {t(me.locked ? 'locked.open' : 'proof.confirm')}
          </Button>
        </form>
      )}
      {me.hasPin && byPassword && me.locked !== 'absolute' && (
        <Button look="quiet" icon={<KeyRound aria-hidden size={20} />} onClick={() => setByPin(!byPin)}>
          {t(byPin ? 'proof.byPassword' : 'proof.byPin')}
        </Button>
      )}
      {byProvider && <ProviderButtons providers={providers} purpose="unlock" />}
    </div>
  );
}
