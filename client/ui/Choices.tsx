import { type ReactNode, useId } from 'react';
import css from './Choices.module.css';

type Option<T extends string> = { value: T; label: string; hint?: string };

/** One of few: each with room for a gloved finger. */
export function Radios<T extends string>({
  legend,
  value,
  onChange,
  options,
  field,
  beside = false,
}: {
  legend: string;
  field?: string; // by which an error finds it
  value: T | null;
  onChange: (value: T) => void;
  options: Option<T>[];
  beside?: boolean; // side by side, where each is a word
}) {
  const name = useId();
  return (
    <fieldset className={`${css.group} ${beside ? css.beside : ''}`} data-field={field}>
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={css.choice}>
          <input type="radio" name={name} checked={value === option.value} onChange={() => onChange(option.value)} />
          <span>
            {option.label}
            {option.hint && <small>{option.hint}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

type CheckProps = { checked: boolean; onChange: (checked: boolean) => void; error?: string | undefined; children: ReactNode };

export function Check({ checked, onChange, error, children }: CheckProps) {
  const wrong = useId();
  return (
    <>
      <label className={css.choice}>
        <input
          type="checkbox"
          checked={checked}
          aria-invalid={error !== undefined}
          aria-describedby={error ? wrong : undefined}
          onChange={({ target }) => onChange(target.checked)}
        />
        <span>{children}</span>
      </label>
      <Wrong id={wrong} error={error} />
    </>
  );
}

/** What is wrong, below what it is about. */
const Wrong = ({ id, error }: { id: string; error: string | undefined }) =>
  error ? (
    <span id={id} className={css.error} role="alert">
      {error}
    </span>
  ) : null;

/** One of many. */
export function Select<T extends string>({
  name,
  error,
  label,
  value,
  onChange,
  options,
}: {
  name?: string; // by which an error finds it
  error?: string | undefined;
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: Option<T>[];
}) {
  const wrong = useId();
  return (
    <label className={css.label}>
      {label}
      <select
        name={name}
        aria-invalid={error !== undefined}
        aria-describedby={error ? wrong : undefined}
        className={css.select}
        value={value}
        onChange={({ target }) => onChange(target.value as T)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Wrong id={wrong} error={error} />
    </label>
  );
}
