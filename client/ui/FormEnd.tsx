import { useWords } from '../app/words.ts';
import { Button } from './Button.tsx';
import css from './Card.module.css';
import { Notice } from './Notice.tsx';

type Props = {
  words: string | undefined; // what went wrong and is about no field
  busy: boolean;
  submit?: string; // "Save" unless told
  onCancel: () => void;
};

/** How a form ends: what went wrong, the way on, and the way back. */
export function FormEnd({ words, busy, submit, onCancel }: Props) {
  const { t } = useWords();
  return (
    <>
      {words && <Notice look="problem">{words}</Notice>}
      <div className={css.row}>
        <Button type="submit" look="primary" disabled={busy}>
          {submit ?? t('edit.save')}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
      </div>
    </>
  );
}
