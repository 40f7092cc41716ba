import { useWords } from '../app/words.ts';

/** "23 nov. 2026 09:12", in Swedish time. */
export function useWhen(): (iso: string) => string {
  const { language } = useWords();
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Stockholm' });
  return (iso) => format.format(new Date(iso));
}
