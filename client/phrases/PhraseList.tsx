import { Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/words.ts';
import { Fetched } from '../office/Office.tsx';
import { Queries } from '../office/Queries.tsx';
import { Button } from '../ui/Button.tsx';
import { PhraseDialog } from './PhraseDialog.tsx';
import css from './Phrases.module.css';
import { usePhrases } from './usePhrases.ts';

type ListProps = { written: string; onChoose: (phrase: string) => void };

const longest = 2_000;

/** One's phrases by title; a press puts one in. What stands in the field can become one. */
export default function PhraseList(props: ListProps) {
  return (
    <Queries>
      <List {...props} />
    </Queries>
  );
}

function List({ written, onChoose }: ListProps) {
  const { t } = useWords();
  const { found, reload } = usePhrases(true);
  const [dialog, setDialog] = useState<'new' | 'all' | null>(null);
  const text = written.trim().slice(0, longest);
  return (
    <section className={css.list} aria-label={t('phrase.title')}>
      <Fetched of={found}>
        {(phrases) => (
          <>
            {phrases.length === 0 && <p>{t('phrase.none')}</p>}
            <ul>
              {phrases.map(({ id, title, text: phrase }) => (
                <li key={id}>
                  <button type="button" onClick={() => onChoose(phrase)}>
                    <strong>{title}</strong>
                    <span>{phrase}</span>
                  </button>
                </li>
              ))}
            </ul>
            {dialog !== null && (
              <PhraseDialog phrases={phrases} written={text} asNew={dialog === 'new'} onChanged={reload} onClose={() => setDialog(null)} />
            )}
          </>
        )}
      </Fetched>
      <div className={css.row}>
        <Button icon={<Plus aria-hidden size={20} />} onClick={() => setDialog('new')}>
          {t(text ? 'phrase.keepThis' : 'phrase.new')}
        </Button>
        {found.data && found.data.length > 0 && (
          <Button look="quiet" icon={<Pencil aria-hidden size={20} />} onClick={() => setDialog('all')}>
            {t('phrase.edit')}
          </Button>
        )}
      </div>
    </section>
  );
}
