import { Delete } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { plausible, type VitalKind } from '../../contract/vitals.ts';
import { useWords } from '../app/words.ts';
import css from './Vitals.module.css';

type Props = { kind: VitalKind; text: string; wrong: boolean; onText: (text: string) => void; onDone: () => void };

const longest = 6;

/** Figures large enough for a gloved finger. A keyboard types into the same field. */
export function Keypad({ kind, text, wrong, onText, onDone }: Props) {
  const { t, language } = useWords();
  const field = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), [kind]);
  const comma = new Intl.NumberFormat(language).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? ',';
  const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', plausible[kind].decimals > 0 ? comma : '', '0'];
  const add = (key: string): void => {
    if (text.length < longest && !(key === comma && (text === '' || /[.,]/.test(text)))) onText(text + key);
  };
  /** Also while one of the keys has the focus. */
  const typed = (event: KeyboardEvent): void => {
    const inField = event.target === input.current;
    if (event.key === 'Enter' && inField) onDone();
    if (inField) return;
    if (/^[\d.,]$/.test(event.key)) add(/\d/.test(event.key) ? event.key : comma);
    if (event.key === 'Backspace') onText(text.slice(0, -1));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would say its name before each figure
    <div role="group" aria-labelledby={`${field}-name`} className={css.pad} onKeyDown={typed}>
      <label id={`${field}-name`} htmlFor={field}>
        {t(`vitals.kind.${kind}`)}
      </label>
      <div className={css.display}>
        <input
          ref={input}
          id={field}
          inputMode="none"
          autoComplete="off"
          value={text}
          aria-invalid={wrong}
          aria-describedby={`${field}-unit`}
          onChange={({ target }) => onText(target.value.replace(/[^\d.,]/g, '').slice(0, longest))}
        />
        <span id={`${field}-unit`}>{t(`vitals.unit.${kind}`, { defaultValue: '' })}</span>
      </div>
      <div className={css.keys}>
        {keys.map((key) =>
          key === '' ? (
            <span key="none" />
          ) : (
            <button key={key} type="button" onClick={() => add(key)}>
              {key}
            </button>
          ),
        )}
        <button type="button" aria-label={t('vitals.erase')} onClick={() => onText(text.slice(0, -1))}>
          <Delete aria-hidden size={28} />
        </button>
      </div>
    </div>
  );
}
