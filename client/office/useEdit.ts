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
  const keys = Object.keys(stored).filter((key) => key !== 'version') as (keyof T & string)[];

  const set = <K extends keyof T>(key: K, value: T[K]): void => setValues((now) => ({ ...now, [key]: value }));
  return {
    values,
    set,
    version: base.version,
    changed: keys.some((key) => values[key] !== base[key]),
    /** What both changed, and differently. */
    differences: theirs === null ? [] : keys.filter((key) => theirs[key] !== values[key]),
    theirs,
    /** Somebody else was first: this is what is stored now. */
    overtake: (now: T & Versioned): void => {
      setValues((mine) => Object.assign({ ...mine }, ...keys.filter((key) => mine[key] === base[key]).map((key) => ({ [key]: now[key] }))));
      setTheirs(now);
      setBase(now);
    },
    take: (key: keyof T & string): void => {
      if (theirs) set(key, theirs[key]);
    },
    /** It is stored as it stands. */
    saved: (version: number): void => {
      setBase({ ...values, version });
      setTheirs(null);
    },
  };
}
