/** The words of the screens: one catalogue a language, loaded when it is chosen; those of the office and of plans when somebody goes there. */
import i18next, { type TFunction } from 'i18next';
import { useSyncExternalStore } from 'react';
import type { Language } from '../../contract/language.ts';
import type office from '../locales/office/sv.json';
import type plan from '../locales/plan/sv.json';
import type sv from '../locales/sv.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof sv & typeof office & typeof plan };
  }
}

/** Named in their own tongue, Swedish first. */
export const languageNames: Record<Language, string> = { sv: 'Svenska', en: 'English', es: 'Español', fi: 'Suomi' };

type Book = Record<Language, () => Promise<{ default: object }>>;

const books = {
  everywhere: {
    sv: () => import('../locales/sv.json'),
    en: () => import('../locales/en.json'),
    es: () => import('../locales/es.json'),
    fi: () => import('../locales/fi.json'),
  },
  office: {
    sv: () => import('../locales/office/sv.json'),
    en: () => import('../locales/office/en.json'),
    es: () => import('../locales/office/es.json'),
    fi: () => import('../locales/office/fi.json'),
  },
  plan: {
    sv: () => import('../locales/plan/sv.json'),
    en: () => import('../locales/plan/en.json'),
    es: () => import('../locales/plan/es.json'),
    fi: () => import('../locales/plan/fi.json'),
  },
} satisfies Record<string, Book>;
type BookName = keyof typeof books;

const storageKey = 'samrum.language';
const isLanguage = (text: string | null | undefined): text is Language => text !== null && text !== undefined && text in languageNames;
const open = new Set<BookName>(['everywhere']);
const loaded = new Set<string>();

/** As chosen before, else as the browser prefers, else Swedish. */
function firstLanguage(): Language {
  const chosen = localStorage.getItem(storageKey);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'sv';
}

export async function startWords(): Promise<void> {
  await i18next.init({ lng: 'none', fallbackLng: false, interpolation: { escapeValue: false }, resources: {} });
  await chooseLanguage(firstLanguage(), false);
}

export async function chooseLanguage(language: Language, remember = true): Promise<void> {
  await Promise.all([...open].map((book) => load(book, language)));
  if (remember) localStorage.setItem(storageKey, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Makes a part's words ready before it is drawn. */
export async function openBook(book: BookName): Promise<void> {
  open.add(book);
  if (isLanguage(i18next.language)) await load(book, i18next.language);
}

async function load(book: BookName, language: Language): Promise<void> {
  if (loaded.has(`${book} ${language}`)) return;
  i18next.addResourceBundle(language, 'translation', (await books[book][language]()).default, true);
  loaded.add(`${book} ${language}`);
}

const subscribe = (changed: () => void): (() => void) => {
  i18next.on('languageChanged', changed);
  return () => i18next.off('languageChanged', changed);
};

/** `t` for the chosen language; the component draws anew when another is chosen. */
export function useWords(): { t: TFunction; language: Language; hasWords: (key: string) => boolean } {
  const language = useSyncExternalStore(subscribe, () => i18next.language) as Language;
  return { t: i18next.t, language, hasWords: (key) => i18next.exists(key) };
}
