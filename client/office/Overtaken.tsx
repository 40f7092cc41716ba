import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';

type Props = { differences: { key: string; label: string; theirs: string }[]; happened: boolean; onTake: (key: string) => void };

/** Two changed the same: what the other wrote stands beside what is in the form, until one of them is chosen. */
export function Overtaken({ differences, happened, onTake }: Props) {
  const { t } = useWords();
  if (!happened) return null;
  return (
    <Notice look="problem">
      <p>
        <strong>{t('edit.overtaken')}</strong> {t(differences.length > 0 ? 'edit.choose' : 'edit.merged')}
      </p>
      <ul>
        {differences.map(({ key, label, theirs }) => (
          <li key={key} style={{ marginTop: 10 }}>
            <p>
              {t('edit.theirs', { field: label })} <q>{theirs || t('edit.empty')}</q>
            </p>
            <Button onClick={() => onTake(key)}>{t('edit.take', { field: label })}</Button>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
