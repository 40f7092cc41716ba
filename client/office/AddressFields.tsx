import { useWords } from '../app/words.ts';
import css from '../ui/Card.module.css';
import { Field } from '../ui/Field.tsx';

type Address = { address: string; entrance: string };

type Props = {
  draft: Address;
  set: (key: keyof Address, value: string) => void;
  errorOf: (name: string) => string | undefined;
  hidden: boolean; // protected identity: it is not shown, and left empty it stays
};

/** Where 112 finds somebody. */
export function AddressFields({ draft, set, errorOf, hidden }: Props) {
  const { t } = useWords();
  return (
    <div className={css.pair}>
      <Field
        name="address"
        label={t('book.address')}
        hint={t(hidden ? 'book.addressHidden' : 'book.addressHint')}
        value={draft.address}
        onChange={(address) => set('address', address)}
        error={errorOf('address')}
        maxLength={200}
      />
      <Field
        name="entrance"
        label={t('book.entrance')}
        hint={t('book.entranceHint')}
        value={draft.entrance}
        onChange={(entrance) => set('entrance', entrance)}
        error={errorOf('entrance')}
        maxLength={120}
      />
    </div>
  );
}
