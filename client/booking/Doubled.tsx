import { useWords } from '../app/words.ts';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';

type Props = { takenName: string; why: string; onWhy: (why: string) => void; mayDouble: boolean };

/** Somebody or something is taken then: another time, or a reason why it is booked double. */
export function Doubled({ takenName, why, onWhy, mayDouble }: Props) {
  const { t } = useWords();
  return (
    <>
      <Notice look="problem">{t('slots.taken', { name: takenName })}</Notice>
      {mayDouble && (
        <Field name="doubled" label={t('slots.doubledWhy')} hint={t('slots.doubledHint')} value={why} onChange={onWhy} maxLength={300} />
      )}
    </>
  );
}
