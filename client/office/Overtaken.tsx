import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Notice } from '../ui/Notice.tsx';

type Props = {
  contested: { key: string; label: string; theirs: string }[];
  happened: boolean;
  onChoose: (key: string, whose: 'theirs' | 'mine') => void;
};

/** Two changed the same: what the other wrote stands beside what is in the form, until one of them is chosen. */
export function Overtaken({ contested, happened, onChoose }: Props) {
  const { t } = useWords();
  if (!happened) return null;
  return (
    <Notice look="problem">
      <p>
        <strong>{t('edit.overtaken')}</strong> {t(contested.length > 0 ? 'edit.choose' : 'edit.merged')}
      </p>
      <ul>
        {contested.map(({ key, label, theirs }) => (
          <li key={key} style={{ marginTop: 10 }}>
            <p>
              {t('edit.theirs', { field: label })} <q>{theirs || t('edit.empty')}</q>
            </p>
            <div className={css.row}>
              <Button onClick={() => onChoose(key, 'theirs')}>{t('edit.take', { field: label })}</Button>
              <Button onClick={() => onChoose(key, 'mine')}>{t('edit.keep', { field: label })}</Button>
            </div>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
