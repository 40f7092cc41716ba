import { Languages } from 'lucide-react';
import type { Language } from '../../contract/language.ts';
import { chooseLanguage, languageNames, useWords } from '../app/words.ts';
import css from './Page.module.css';

export function LanguageSelect() {
  const { t, language } = useWords();
  return (
    <label className={css.language}>
      <Languages aria-hidden size={22} />
      <span className="visually-hidden">{t('app.language')}</span>
      <select value={language} onChange={({ target }) => void chooseLanguage(target.value as Language)}>
        {Object.entries(languageNames).map(([tag, name]) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
