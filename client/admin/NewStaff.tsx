import { useState } from 'react';
import type { StaffRole } from '../../contract/units.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Password } from '../office/Password.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Radios, Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

const roles: StaffRole[] = [
  'nurse',
  'assistantNurse',
  'physician',
  'remotePhysician',
  'careCoordinator',
  'needsAssessor',
  'unitHead',
  'administrator',
];

/** A new account with its first assignment, or one more assignment for somebody who has an account. */
export function NewStaff({ unitId, onDone, onAdded }: { unitId: string; onDone: () => void; onAdded: () => Promise<void> }) {
  const { t } = useWords();
  const [known, setKnown] = useState<'new' | 'known'>('new');
  const [username, setUsername] = useState('');
  const [name, setName] = useState('');
  const [place, setPlace] = useState('');
  const [role, setRole] = useState<StaffRole>('nurse');
  const [password, setPassword] = useState<string | null>(null);
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (username.trim().length < 3 ? 'username' : known === 'new' && !place.trim() ? 'place' : undefined),
    async () => {
      const params = { unitId };
      if (known === 'known') {
        await api('POST /api/units/:unitId/assignments', { params, body: { username, role } });
        await onAdded();
        return onDone();
      }
      const added = await api('POST /api/units/:unitId/staff', { params, body: { username, role, place, name: name.trim() || null } });
      setPassword(added.password);
      await onAdded();
    },
  );
  if (password)
    return (
      <Card title={t('staff.added')} id="new-staff">
        <Password username={username.trim().toLowerCase()} password={password} />
        <div>
          <Button look="primary" onClick={onDone}>
            {t('app.close')}
          </Button>
        </div>
      </Card>
    );
  return (
    <form onSubmit={onSubmit} noValidate>
      <Card title={t('staff.add')} id="new-staff">
        <Radios
          legend={t('staff.which')}
          value={known}
          onChange={setKnown}
          options={[
            { value: 'new', label: t('staff.new') },
            { value: 'known', label: t('staff.known'), hint: t('staff.knownHint') },
          ]}
        />
        <Field
          name="username"
          label={t('start.username')}
          hint={t('staff.usernameHint')}
          value={username}
          onChange={setUsername}
          error={errorOf('username')}
          autoComplete="off"
          autoCapitalize="none"
          maxLength={64}
        />
        {known === 'new' && (
          <div className={css.pair}>
            <Field
              name="name"
              label={t('staff.name')}
              hint={t('staff.nameHint')}
              value={name}
              onChange={setName}
              error={errorOf('name')}
              maxLength={120}
            />
            <Field
              name="place"
              label={t('staff.place')}
              hint={t('staff.placeHint')}
              value={place}
              onChange={setPlace}
              error={errorOf('place')}
              maxLength={120}
            />
          </div>
        )}
        <Select
          label={t('staff.role')}
          value={role}
          onChange={setRole}
          options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
        />
        <FormEnd words={words} busy={busy} submit={t('staff.add')} onCancel={onDone} />
      </Card>
    </form>
  );
}
