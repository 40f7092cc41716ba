import { customType } from 'drizzle-orm/pg-core';

/** A stretch of time: its beginning belongs to it, its end does not. */
export type Span = { from: Date; until: Date };

/** PostgreSQL's `tstzrange`, always `[from, until)`. */
export const span = customType<{ data: Span; driverData: string }>({
  dataType: () => 'tstzrange',
  toDriver: ({ from, until }) => `[${from.toISOString()},${until.toISOString()})`,
  fromDriver: (text) => {
    const found = /^\["([^"]+)","([^"]+)"\)$/.exec(text);
    if (!found?.[1] || !found[2]) throw new Error('a stretch of time has a beginning and an end');
    return { from: instant(found[1]), until: instant(found[2]) };
  },
});

/** PostgreSQL writes "2026-03-01 08:00:00+00". */
const instant = (text: string): Date => new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
