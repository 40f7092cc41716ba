/** The words of the plan on paper, in each language. */
import i18next from 'i18next';
import type { Language } from '../../contract/language.ts';
import en from './words/en.json' with { type: 'json' };
import es from './words/es.json' with { type: 'json' };
import fi from './words/fi.json' with { type: 'json' };
import sv from './words/sv.json' with { type: 'json' };

export type PdfWord = keyof typeof sv;

const resources = { sv: { translation: sv }, en: { translation: en }, es: { translation: es }, fi: { translation: fi } };
const book = i18next.createInstance();
await book.init({ lng: 'sv', fallbackLng: false, keySeparator: false, interpolation: { escapeValue: false }, resources });

/** @returns the words for a key, filled in. */
export function pdfWords(language: Language): (word: PdfWord, values?: Record<string, string>) => string {
  const fixed = book.getFixedT(language);
  return (word, values = {}) => String(fixed(word as never, values));
}
