import { Phone } from 'lucide-react';
import { useWords } from '../app/words.ts';
import css from './UnitPhone.module.css';

/** The way out of every difficulty: the unit's number. */
export function UnitPhone({ unit: { name, phone } }: { unit: { name: string; phone: string } }) {
  const { t } = useWords();
  return (
    <p className={css.phone}>
      <Phone aria-hidden size={20} />
      <span>
        {t('lobby.unitPhone', { unit: name })} <a href={`tel:${phone}`}>{phone}</a>
      </span>
    </p>
  );
}
