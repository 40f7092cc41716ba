import { useState } from 'react';
import type { Me } from '../../contract/identity.ts';
import { api } from '../app/api.ts';
import { setMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import css from './Identity.module.css';
import { useProof } from './useProof.tsx';

/** A PIN opens what has locked and takes over a shared tablet; it never logs in. */
export function OwnPin({ me }: { me: Me }) {
  const { t } = useWords();
  const { proving, dialog } = useProof();
  const [pin, setPin] = useState('');
  const [saved, setSaved] = useState(false);
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (/^\d{4,8}$/.test(pin) ? undefined : 'newPin'),
    async () => {
      setMe(await proving(() => api('PUT /api/my/pin', { body: { pin } })));
      setPin('');
      setSaved(true);
    },
  );
  return (
    <Card title={t('pin.title')} id="pin">
      <p>{t(me.hasPin ? 'pin.has' : 'pin.lead')}</p>
      <form className={css.form} onSubmit={onSubmit} noValidate>
        <Field
          name="newPin"
          label={t('pin.new')}
          hint={t('pin.hint')}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          value={pin}
          onChange={setPin}
          maxLength={8}
          error={errorOf('newPin') ?? (errorOf('pin') && t('field.newPin'))}
        />
        {words && <Notice look="problem">{words}</Notice>}
        {saved && !words && <Notice>{t('pin.saved')}</Notice>}
        <div>
          <Button type="submit" disabled={busy}>
            {t('pin.save')}
          </Button>
        </div>
      </form>
      {dialog}
    </Card>
  );
}
