import { useEffect, useId, useLayoutEffect, useRef } from 'react';
import { longestText } from '../../contract/planKinds.ts';
import type { TextField } from '../../contract/planParts.ts';
import { useWords } from '../app/words.ts';
import css from './CarePlan.module.css';
import { shifted, spliceOf } from './SharedText.ts';
import { useLinkState, useSharedText } from './usePlan.ts';

type Props = { partId: string; field: TextField; label: string; hint?: string; writes: boolean };

/** A text that several write at once: who else is in it stands above it, and one's own place stays where it is. */
export function PlanText({ partId, field, label, hint, writes }: Props) {
  const { t } = useWords();
  const { text, value, at } = useSharedText({ partId, field });
  const { writers, refused } = useLinkState();
  const area = useRef<HTMLTextAreaElement>(null);
  const place = useRef<[number, number] | null>(null);
  const id = useId();
  const others = writers.filter((one) => one.partId === partId && one.field === field).map(({ name }) => name || t('carePlan.somebody'));
  useEffect(
    () =>
      text.onTaken((splice) => {
        const { current } = area;
        if (current && document.activeElement === current)
          place.current = [shifted(current.selectionStart, splice), shifted(current.selectionEnd, splice)];
      }),
    [text],
  );
  useLayoutEffect(() => {
    if (place.current) area.current?.setSelectionRange(...place.current);
    place.current = null;
  });
  if (!writes)
    return value ? (
      <div className={css.read}>
        <p className={css.label}>{label}</p>
        <p className={css.words}>{value}</p>
      </div>
    ) : null;
  return (
    <div className={css.text}>
      <label htmlFor={id} className={css.label}>
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className={css.hint}>
          {hint}
        </p>
      )}
      {others.length > 0 && (
        <p className={css.writers} role="status">
          {t('carePlan.writes', { names: others.join(', ') })}
        </p>
      )}
      <textarea
        ref={area}
        id={id}
        rows={2}
        value={value}
        readOnly={refused}
        maxLength={longestText}
        aria-describedby={hint ? `${id}-hint` : undefined}
        data-others={others.length > 0}
        onFocus={() => at(true)}
        onBlur={() => at(false)}
        onChange={({ target }) => text.write(spliceOf(value, target.value, target.selectionEnd))}
      />
    </div>
  );
}
