import { DoorOpen } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '../app/api.ts';
import { setMe } from '../app/me.ts';
import { fetchAhead } from '../app/pages.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { UnitPhone } from '../visit/UnitPhone.tsx';
import css from './StartPage.module.css';
import { useUnitPhone } from './useUnitPhone.ts';

const bare = (text: string): string => text.replace(/[\s-]/g, '');

/** @param reference - from the invitation's link; empty if it is to be typed. */
export function GuestForm({ reference: linked }: { reference: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [reference, setReference] = useState(linked);
  const [code, setCode] = useState('');
  const unit = useUnitPhone(bare(reference));
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (bare(reference).length !== 8 ? 'reference' : /^\d{6}$/.test(bare(code)) ? undefined : 'code'),
    async () => {
      fetchAhead('visit'); // while the server looks
      const { visitId, me } = await api('POST /api/guest', { body: { reference, code } });
      setMe(me);
      await navigate(`/visits/${visitId}`);
    },
  );
  return (
    <form className={css.card} onSubmit={onSubmit} noValidate aria-labelledby="guest">
      <h2 id="guest">{t('start.guest')}</h2>
      <p>{t('start.guestLead')}</p>
      <Field
        name="reference"
        label={t('start.reference')}
        hint={t('start.referenceHint')}
        value={reference}
        onChange={setReference}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={12}
        error={errorOf('reference')}
      />
      <Field
        name="code"
        label={t('start.code')}
        hint={t('start.codeHint')}
        value={code}
        onChange={setCode}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={9}
        error={errorOf('code')}
      />
      {words && <Notice look="problem">{words}</Notice>}
      <Button type="submit" look="primary" disabled={busy} icon={<DoorOpen aria-hidden size={22} />}>
        {t('start.enter')}
      </Button>
      {unit && <UnitPhone unit={unit} />}
    </form>
  );
}
