import { useState } from 'react';
import { useMe } from '../app/me.ts';

const kept = new Map<string, unknown>();
let keptFor: string | undefined;

/**
 * What is being typed, kept while one looks at another page. It is in this page's memory and nowhere else: loaded anew the
 * page has forgotten it, and so it has for whoever logs in next.
 *
 * @returns the draft, how to change it, and how to forget it when it is saved or given up.
 */
export function useDraft<T>(key: string, first: () => T): { draft: T; set: (now: T) => void; forget: () => void } {
  const userId = useMe()?.userId;
  if (userId !== keptFor) kept.clear();
  keptFor = userId;
  const [draft, setDraft] = useState<T>(() => (kept.get(key) as T | undefined) ?? first());
  const set = (now: T): void => {
    kept.set(key, now);
    setDraft(now);
  };
  return { draft, set, forget: () => void kept.delete(key) };
}

/** Whether something is being typed there. */
export const hasDraft = (key: string): boolean => kept.has(key);
