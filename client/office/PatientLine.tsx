import { MapPin, ShieldAlert } from 'lucide-react';
import type { PatientBrief } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import css from './PatientLine.module.css';

/**
 * Who the patient is: name, birth year and place, wherever a visit is shown.
 *
 * @param named - false where the name stands right above.
 */
export function PatientLine({ patient, synthetic, named = true }: { patient: PatientBrief; synthetic: boolean; named?: boolean }) {
  const { t } = useWords();
  return (
    <p className={css.line}>
      {named && <strong>{patient.name}</strong>} <span>{t('patient.born', { year: patient.birthYear })}</span>
      {patient.protectedIdentity ? (
        <span className={css.sign}>
          <ShieldAlert aria-hidden size={20} /> {t('patient.protected')}
        </span>
      ) : (
        <span className={css.sign}>
          <MapPin aria-hidden size={18} /> {patient.place}
        </span>
      )}
      {synthetic && <span className={css.synthetic}>{t('app.syntheticPatient')}</span>}
    </p>
  );
}
