import { useState } from 'react';
import type { Snippet } from '../../contract/snippets.ts';
import { useWords } from '../app/words.ts';
import { newId } from '../media/newId.ts';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { PhraseEdit } from './PhraseEdit.tsx';
import css from './Phrases.module.css';

type Props = {
  phrases: Snippet[];
  /** What stands in the field: a new one begins with it. */
  written: string;
  asNew: boolean;
  onChanged: () => Promise<void>;
  onClose: () => void;
};

/** A new phrase, or first which of them. */
export function PhraseDialog({ phrases, written, asNew, onChanged, onClose }: Props) {
  const { t } = useWords();
  const [freshId] = useState(newId);
  const [openId, setOpenId] = useState<string | null>(null);
  const open = asNew ? { id: freshId, title: '', text: written, version: null } : phrases.find(({ id }) => id === openId);
  const done = async (): Promise<void> => {
    await onChanged();
    if (asNew) onClose();
    else setOpenId(null);
  };
  return (
    <DialogFrame title={t(asNew ? 'phrase.new' : 'phrase.edit')} onClose={onClose} cancel={t('app.close')}>
      <p>{t('phrase.nobody')}</p>
      {open ? (
        <PhraseEdit key={`${open.id} ${open.version}`} phrase={open} onDone={done} />
      ) : (
        <ul className={css.titles}>
          {phrases.map(({ id, title }) => (
            <li key={id}>
              <button type="button" onClick={() => setOpenId(id)}>
                {title}
              </button>
            </li>
          ))}
        </ul>
      )}
    </DialogFrame>
  );
}
