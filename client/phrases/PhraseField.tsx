import { TextQuote } from 'lucide-react';
import { type ComponentProps, lazy, Suspense, useRef, useState } from 'react';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { insertPhrase } from './insert.ts';
import css from './Phrases.module.css';

const PhraseList = lazy(() => import('./PhraseList.tsx'));

type Props = ComponentProps<typeof Field> & { maxLength: number };

/** A field of several lines into which one's own phrases can be put. */
export function PhraseField(props: Props) {
  const { t } = useWords();
  const { value, onChange, maxLength } = props;
  const around = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [told, setTold] = useState<'full' | 'put' | null>(null);
  const visited = useRef(false); // else its cursor says nothing
  const area = (): HTMLTextAreaElement | null => around.current?.querySelector('textarea') ?? null;
  const put = (phrase: string): void => {
    const put = insertPhrase(value, phrase, visited.current ? (area()?.selectionStart ?? null) : null, maxLength);
    setTold(put ? 'put' : 'full');
    if (!put) return;
    setOpen(false);
    onChange(put.text);
    setTimeout(() => {
      area()?.focus();
      area()?.setSelectionRange(put.cursor, put.cursor); // when what was put in stands there
    });
  };
  return (
    <div ref={around} className={css.field}>
      <Field
        {...props}
        onFocus={() => {
          visited.current = true;
        }}
      />
      <div>
        <Button look="quiet" icon={<TextQuote aria-hidden size={20} />} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('phrase.open')}
        </Button>
      </div>
      {open && (
        <Suspense fallback={<p role="status">{t('app.loading')}</p>}>
          <PhraseList written={value} onChoose={put} />
        </Suspense>
      )}
      {told === 'full' && <Notice look="problem">{t('phrase.full')}</Notice>}
      <p className="visually-hidden" role="status">
        {told === 'put' && t('phrase.put')}
      </p>
    </div>
  );
}
