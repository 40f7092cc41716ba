import { ShieldAlert } from 'lucide-react';
import type { PatientListed } from '../../contract/patients.ts';
import { useWords } from '../app/words.ts';
import css from '../ui/Card.module.css';

/** Name and number, and what staff must know before they speak to anyone. */
export function PatientIdentity({ patient }: { patient: PatientListed }) {
  const { t } = useWords();
  const { name, number, numberKind, protectedIdentity, synthetic } = patient;
  return (
    <div>
      <p>
        <strong>{name}</strong> {synthetic && <span className={`${css.badge} ${css.warn}`}>{t('app.syntheticPatient')}</span>}
      </p>
      <p className={css.soft}>
        {numberKind !== 'personal' && `${t(`patient.${numberKind}`)} `}
        {number}
      </p>
      {protectedIdentity && (
        <p className={css.row}>
          <ShieldAlert aria-hidden size={20} /> <strong>{t('patient.protected')}</strong>
        </p>
      )}
    </div>
  );
}
