import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Assignment } from '../../contract/units.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Card } from '../ui/Card.tsx';
import { Check, Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { type ContactDraft, ContactFields, contactOf } from './ContactFields.tsx';

/** Registers a patient at a unit. One whom the organisation has already becomes a patient of the unit too. */
export function NewPatient({ units, unitId: first, onCancel }: { units: Assignment[]; unitId: string; onCancel: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [unitId, setUnitId] = useState(first);
  const [number, setNumber] = useState('');
  const [reserve, setReserve] = useState(false);
  const [birthDate, setBirthDate] = useState('');
  const [draft, setDraft] = useState<ContactDraft>({
    name: '',
    protectedIdentity: false,
    phone: '',
    email: '',
    channel: 'none',
    address: '',
    entrance: '',
    municipality: '',
    language: 'sv',
  });
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (number.trim().length < 4 ? 'number' : reserve && !birthDate ? 'birthDate' : draft.name.trim() ? undefined : 'name'),
    async () => {
      const body = { ...contactOf(draft), unitId, number, reserve, birthDate: reserve ? birthDate : null };
      const { id } = await api('POST /api/patients', { body });
      await navigate(`/patients/${id}`);
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate>
      <Card title={t('patients.add')} id="new-patient">
        {units.length > 1 && (
          <Select
            label={t('book.unit')}
            value={unitId}
            onChange={setUnitId}
            options={units.map((unit) => ({ value: unit.unitId, label: unit.unitName }))}
          />
        )}
        <Field
          name="number"
          label={t(reserve ? 'patient.reserve' : 'patients.number')}
          hint={t(reserve ? 'patients.reserveHint' : 'patients.numberHint')}
          value={number}
          onChange={setNumber}
          error={errorOf('number')}
          autoComplete="off"
          maxLength={24}
        />
        <Check checked={reserve} onChange={setReserve}>
          {t('patients.isReserve')}
        </Check>
        {reserve && (
          <Field
            name="birthDate"
            type="date"
            label={t('patients.birthDate')}
            value={birthDate}
            onChange={setBirthDate}
            error={errorOf('birthDate')}
          />
        )}
        <ContactFields draft={draft} set={(key, value) => setDraft((now) => ({ ...now, [key]: value }))} errorOf={errorOf} />
        <FormEnd words={words} busy={busy} submit={t('patients.register')} onCancel={onCancel} />
      </Card>
    </form>
  );
}
