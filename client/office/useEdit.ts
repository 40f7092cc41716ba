import { useState } from 'react';

type Versioned = { version: number };

/**
 * Editing something that others may edit too. Their changes to what was not touched here come in by themselves; where
 * both changed the same, both are shown until the person has chosen.
 *
 * @param stored - as it was read when the editing began.
 */
export function useEdit<T extends object>(stored: T & Versioned) {
  const [base, setBase] = useState(stored);
  const [values, setValues] = useState<T>(stored);
  const [theirs, setTheirs] = useState<T | null>(null);
  const [contested, setContested] = useState<(keyof T & string)[]>([]);
  const keys = Object.keys(stored).filter((key) => key !== 'version') as (keyof T & string)[];

  const set = <K extends keyof T>(key: K, value: T[K]): void => setValues((now) => ({ ...now, [key]: value }));
  return {
    values,
    set,
    version: base.version,
    changed: keys.some((key) => values[key] !== base[key]),
    /** What both changed, and differently: until it is chosen there is no saving. */
    contested,
    theirs,
    /** Somebody else was first: this is what is stored now. */
    overtake: (now: T & Versioned): void => {
      const touched = keys.filter((key) => values[key] !== base[key]);
      setValues((mine) => Object.assign({ ...mine }, ...keys.filter((key) => mine[key] === base[key]).map((key) => ({ [key]: now[key] }))));
      setContested(touched.filter((key) => now[key] !== base[key] && now[key] !== values[key]));
      setTheirs(now);
      setBase(now);
    },
    /** Chooses theirs, or one's own. */
    choose: (key: string, whose: 'theirs' | 'mine'): void => {
      const known = keys.find((one) => one === key);
      if (known && theirs && whose === 'theirs') set(known, theirs[known]);
      setContested((left) => left.filter((one) => one !== key));
    },
    /** It is stored as it stands. */
    saved: (version: number): void => {
      setBase({ ...values, version });
      setTheirs(null);
      setContested([]);
    },
  };
}
