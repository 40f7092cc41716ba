import { useState } from 'react';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Check, Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';

type Guest = { kind: 'interpreter'; number: string; consented: boolean } | { kind: 'observer'; name: string; consented: boolean };

/** An interpreter or an observer comes by link and code, with the patient's yes. */
export function AskGuest({ busy, onAsk }: { busy: boolean; onAsk: (guest: Guest) => void }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Guest['kind']>('interpreter');
  const [consented, setConsented] = useState(false);
  const ready = name.trim() !== '' && consented;
  return (
    <form
      className={css.card}
      noValidate
      aria-label={t('record.askGuest')}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onAsk(role === 'interpreter' ? { kind: role, number: name, consented } : { kind: role, name, consented });
      }}
    >
      <Radios
        legend={t('record.askGuest')}
        value={role}
        onChange={setRole}
        options={(['interpreter', 'observer'] as const).map((value) => ({ value, label: t(`role.${value}`) }))}
      />
      <Field
        name="name"
        label={t(role === 'interpreter' ? 'interpreter.numberField' : 'patients.name')}
        hint={role === 'interpreter' ? t('interpreter.numberHint') : undefined}
        value={name}
        onChange={setName}
        maxLength={role === 'interpreter' ? 16 : 120}
        autoComplete="off"
      />
      <Check checked={consented} onChange={setConsented}>
        {t('consent.saysYes', { name: name.trim() || t(`role.${role}`) })}
      </Check>
      <div>
        <Button type="submit" disabled={busy || !ready}>
          {t('record.askGuestButton')}
        </Button>
      </div>
    </form>
  );
}
