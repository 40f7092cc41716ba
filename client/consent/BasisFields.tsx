import type { NewConsent } from '../../contract/consent.ts';
import { useWords } from '../app/words.ts';
import { Radios, Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';

export type Basis = Pick<NewConsent, 'capacity' | 'capacityNote' | 'guardianId'>;
export const ownBasis: Basis = { capacity: 'own', capacityNote: '', guardianId: null };

export const wantsNote = ({ capacity }: Basis): boolean => capacity === 'attitude' || capacity === 'statutory';

/** The name of the first field that is wrong, if one is. */
export function wrongBasis(basis: Basis): string | undefined {
  if (wantsNote(basis) && !basis.capacityNote.trim()) return 'capacityNote';
  return basis.capacity === 'guardian' && !basis.guardianId ? 'guardianId' : undefined;
}

type Props = {
  basis: Basis;
  onChange: (basis: Basis) => void;
  guardians: { id: string; name: string }[];
  errorOf: (name: string) => string | undefined;
};

/** What a yes rests on. A guardian is asked for where there is one. */
export function BasisFields({ basis, onChange, guardians, errorOf }: Props) {
  const { t } = useWords();
  const options = (['own', 'guardian', 'attitude', 'statutory'] as const).filter((value) => value !== 'guardian' || guardians.length > 0);
  const choose = (capacity: Basis['capacity']): void =>
    onChange({ ...basis, capacity, guardianId: capacity === 'guardian' ? (guardians[0]?.id ?? null) : null });
  return (
    <>
      <Radios
        legend={t('consent.capacity')}
        field="capacity"
        value={basis.capacity}
        onChange={choose}
        options={options.map((value) => ({ value, label: t(`capacity.${value}`), hint: t(`capacityHint.${value}`) }))}
      />
      {errorOf('capacity') && <p role="alert">{errorOf('capacity')}</p>}
      {basis.capacity === 'guardian' && (
        <Select
          label={t('consent.guardian')}
          value={basis.guardianId ?? ''}
          onChange={(guardianId) => onChange({ ...basis, guardianId })}
          options={guardians.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {wantsNote(basis) && (
        <Field
          name="capacityNote"
          rows={2}
          label={t(basis.capacity === 'attitude' ? 'consent.attitudeNote' : 'consent.statutoryNote')}
          value={basis.capacityNote}
          onChange={(capacityNote) => onChange({ ...basis, capacityNote })}
          error={errorOf('capacityNote')}
          maxLength={500}
        />
      )}
    </>
  );
}
