import { FieldError, Input, type InputProps, Label, Text, TextArea, TextField } from 'react-aria-components';
import css from './Field.module.css';

type Props = {
  name: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: string;
  onChange: (value: string) => void;
  rows?: number; // several lines
  onFocus?: () => void;
} & Pick<InputProps, 'autoComplete' | 'inputMode' | 'type' | 'maxLength' | 'autoCapitalize' | 'spellCheck' | 'min' | 'max'>;

/** A field with its label above, a hint, and in words what is wrong with what was typed. */
export function Field({ name, label, hint, error, value, onChange, rows, onFocus, ...input }: Props) {
  return (
    <TextField
      name={name}
      value={value}
      onChange={onChange}
      {...(onFocus ? { onFocus } : {})}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className={css.field ?? ''}
    >
      <Label>{label}</Label>
      {hint && (
        <Text slot="description" className={css.hint ?? ''}>
          {hint}
        </Text>
      )}
      {rows ? (
        <TextArea rows={rows} maxLength={input.maxLength} className={css.input ?? ''} />
      ) : (
        <Input {...input} className={css.input ?? ''} />
      )}
      <FieldError className={css.error ?? ''}>{error}</FieldError>
    </TextField>
  );
}
