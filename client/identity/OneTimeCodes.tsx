import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { renderSVG } from 'uqr';
import type { Me } from '../../contract/identity.ts';
import { api, codeOf } from '../app/api.ts';
import { askAgain, homeOf, mustEnrol, setMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import css from './Identity.module.css';
import { useProof } from './useProof.tsx';

type Secret = { uri: string; secret: string };

/** One-time codes of an authenticator: begun by reading a picture, proved by a first code, saved by recovery codes. */
export function OneTimeCodes({ me }: { me: Me }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const { proving, dialog } = useProof();
  const [secret, setSecret] = useState<Secret | null>(null);
  const [recovery, setRecovery] = useState<string[] | null>(null);
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const run = (task: () => Promise<unknown>): void => {
    setProblem(null);
    proving(task).catch((error: unknown) => codeOf(error) !== 'prove_again' && setProblem(codeOf(error)));
  };
  const begin = (): void => run(async () => setSecret(await api('POST /api/my/totp')));
  const renew = (): void => run(async () => setRecovery((await api('POST /api/my/totp/recovery')).recoveryCodes));
  const end = (): void =>
    run(async () => {
      await api('POST /api/my/totp/end');
      await askAgain();
    });
  const kept = async (): Promise<void> => {
    const now = await api('GET /api/me');
    if (!now) return;
    const wasForced = mustEnrol(me);
    setRecovery(null);
    setMe(now);
    if (wasForced) await navigate(homeOf(now));
  };
  return (
    <Card title={t('totp.title')} id="totp">
      {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
      {recovery ? (
        <>
          <p>{t('totp.recovery')}</p>
          <ul className={css.codes}>
            {recovery.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
          <Button look="primary" onClick={() => void kept()}>
            {t('totp.kept')}
          </Button>
        </>
      ) : secret ? (
        <Confirm
          secret={secret}
          onConfirmed={(codes) => {
            setSecret(null);
            setRecovery(codes);
          }}
        />
      ) : me.hasTotp ? (
        <>
          <p>
            <ShieldCheck aria-hidden size={22} /> {t('totp.on')}
          </p>
          <div className={css.row}>
            <Button onClick={renew}>{t('totp.renew')}</Button>
            <Button look="quiet" onClick={end}>
              {t('totp.end')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <p>{t('totp.lead')}</p>
          <div>
            <Button look={mustEnrol(me) ? 'primary' : 'plain'} onClick={begin}>
              {t('totp.begin')}
            </Button>
          </div>
        </>
      )}
      {dialog}
    </Card>
  );
}

function Confirm({ secret: { uri, secret }, onConfirmed }: { secret: Secret; onConfirmed: (recovery: string[]) => void }) {
  const { t } = useWords();
  const [code, setCode] = useState('');
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (code.trim() ? undefined : 'oneTimeCode'),
    async () => onConfirmed((await api('POST /api/my/totp/confirm', { body: { oneTimeCode: code } })).recoveryCodes),
  );
  return (
    <form className={css.form} onSubmit={onSubmit} noValidate>
      <p>{t('totp.scan')}</p>
      <img className={css.qr} alt={t('totp.qr')} src={`data:image/svg+xml,${encodeURIComponent(renderSVG(uri))}`} />
      <p>{t('totp.type')}</p>
      <p className={css.secret}>{secret.match(/.{1,4}/g)?.join(' ')}</p>
      <Field
        name="oneTimeCode"
        label={t('totp.first')}
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={setCode}
        error={errorOf('oneTimeCode')}
      />
      {words && <Notice look="problem">{words}</Notice>}
      <Button type="submit" look="primary" disabled={busy}>
        {t('totp.confirm')}
      </Button>
    </form>
  );
}
