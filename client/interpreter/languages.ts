import type { InterpretedLanguage } from '../../contract/interpreting.ts';
import { useWords } from '../app/words.ts';

/** Those that some browsers name poorly, or not at all: Chromium knows no Sámi. */
const ownNames = ['se', 'smj', 'sma', 'fit', 'swl', 'swl-x-tactile', 'ckb', 'kmr', 'rom', 'ps'] as const;
const isOwn = (tag: InterpretedLanguage): tag is (typeof ownNames)[number] => ownNames.some((own) => own === tag);

/** What a language is called in the language of the screen. */
export function useLanguageName(): (tag: InterpretedLanguage) => string {
  const { t, language } = useWords();
  const names = new Intl.DisplayNames(language, { type: 'language' });
  return (tag) => (isOwn(tag) ? t(`interpreter.language.${tag}`) : (names.of(tag) ?? tag));
}
