/** The words of the screens: one catalogue a language, loaded when it is chosen. */
import i18next, { type TFunction } from 'i18next';
import { useSyncExternalStore } from 'react';
import type { Language } from '../../contract/language.ts';
import type sv from '../locales/sv.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof sv };
  }
}

/** Named in their own tongue, Swedish first. */
export const languageNames: Record<Language, string> = { sv: 'Svenska', en: 'English', es: 'Español', fi: 'Suomi' };

const catalogues: Record<Language, () => Promise<{ default: typeof sv }>> = {
  sv: () => import('../locales/sv.json'),
  en: () => import('../locales/en.json'),
  es: () => import('../locales/es.json'),
  fi: () => import('../locales/fi.json'),
};

const storageKey = 'samrum.language';
const isLanguage = (text: string | null | undefined): text is Language => text !== null && text !== undefined && text in catalogues;

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
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', (await catalogues[language]()).default);
  }
  if (remember) localStorage.setItem(storageKey, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

const subscribe = (changed: () => void): (() => void) => {
  i18next.on('languageChanged', changed);
  return () => i18next.off('languageChanged', changed);
};

/** `t` for the chosen language; the component draws anew when another is chosen. */
export function useWords(): { t: TFunction; language: Language } {
  const language = useSyncExternalStore(subscribe, () => i18next.language) as Language;
  return { t: i18next.t, language };
}
