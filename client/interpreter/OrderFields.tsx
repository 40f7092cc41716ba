import type { InterpretedLanguage, InterpreterMode, InterpreterOrder } from '../../contract/interpreting.ts';
import { useWords } from '../app/words.ts';
import { Check, Radios, Select } from '../ui/Choices.tsx';
import { useLanguageName } from './languages.ts';

export type OrderDraft = { language: InterpretedLanguage | ''; mode: InterpreterMode; consented: boolean };

export const emptyOrder: OrderDraft = { language: '', mode: 'video', consented: false };

/** Sámi, Finnish and Meänkieli are national minority languages, and stand first with the signed ones. */
const first = ['se', 'smj', 'sma', 'fi', 'fit', 'swl', 'swl-x-tactile'] as const;
const others = [
  'am',
  'ar',
  'bs',
  'ckb',
  'de',
  'en',
  'es',
  'et',
  'fa',
  'fr',
  'hr',
  'hu',
  'it',
  'ka',
  'kmr',
  'lt',
  'lv',
  'mn',
  'ne',
  'nl',
  'pl',
  'prs',
  'ps',
  'pt',
  'ro',
  'rom',
  'ru',
  'so',
  'sq',
  'sr',
  'sw',
  'ta',
  'th',
  'ti',
  'tr',
  'uk',
  'ur',
  'uz',
  'vi',
  'yi',
  'zh',
] as const satisfies readonly Exclude<InterpretedLanguage, (typeof first)[number]>[];
const modes = ['video', 'phone', 'onSite'] as const satisfies readonly InterpreterMode[];

/** The names of the fields that are missing. */
export const wrongInOrder = ({ language, consented }: OrderDraft): string[] => [
  ...(language === '' ? ['interpreterLanguage'] : []),
  ...(consented ? [] : ['interpreterConsented']),
];

/** Null while it is not whole. */
export const orderOf = ({ language, mode, consented }: OrderDraft): InterpreterOrder | null =>
  language === '' ? null : { language, mode, consented };

type Props = { draft: OrderDraft; onChange: (draft: OrderDraft) => void; errorOf: (field: string) => string | undefined };

/** Which language, how, and that the patient says yes to it. */
export function OrderFields({ draft, onChange, errorOf }: Props) {
  const { t, language } = useWords();
  const nameOf = useLanguageName();
  const sorted = others.toSorted((one, other) => nameOf(one).localeCompare(nameOf(other), language));
  return (
    <>
      <Select
        name="interpreterLanguage"
        label={t('interpreter.whichLanguage')}
        error={errorOf('interpreterLanguage')}
        value={draft.language}
        onChange={(chosen) => onChange({ ...draft, language: chosen })}
        options={[
          { value: '', label: t('interpreter.choose') },
          ...[...first, ...sorted].map((value) => ({ value, label: nameOf(value) })),
        ]}
      />
      <Radios
        legend={t('interpreter.how')}
        value={draft.mode}
        onChange={(mode) => onChange({ ...draft, mode })}
        options={modes.map((value) => ({ value, label: t(`interpreter.mode.${value}`) }))}
      />
      <div data-field="interpreterConsented">
        <Check
          checked={draft.consented}
          error={errorOf('interpreterConsented')}
          onChange={(consented) => onChange({ ...draft, consented })}
        >
          {t('interpreter.consented')}
        </Check>
      </div>
    </>
  );
}
