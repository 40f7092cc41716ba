/** A unit's days as a calendar, and moving what stands in it. */
import { z } from 'zod';
import { doubled } from './booking.ts';
import { modality, resourceKind } from './scheduling.ts';
import { version } from './units.ts';
import { role, visitState } from './visits.ts';
import { date, id, nothing } from './wire.ts';

export const calendarEntry = z.object({
  visitId: id,
  startsAt: z.iso.datetime(),
  minutes: z.number().int(),
  state: visitState,
  preliminary: z.boolean(), // waits for its interpreter
  modality,
  type: z.string().nullable(), // what the unit calls it
  patient: z.object({ name: z.string(), birthYear: z.number().int() }),
  place: z.string().nullable(), // null: protected
  staff: z.array(z.object({ userId: id, name: z.string().nullable(), role, place: z.string() })), // who leads comes first
  resources: z.array(z.object({ id, name: z.string(), kind: resourceKind })),
  inSeries: z.boolean(), // and more of it come after
  version, // of what was booked
});
export type CalendarEntry = z.infer<typeof calendarEntry>;

/** Somebody of the unit is taken elsewhere then. */
export const busyElsewhere = z.object({ userId: id, from: z.iso.datetime(), until: z.iso.datetime() });

export const unitCalendar = z.object({
  entries: z.array(calendarEntry), // by time; what was cancelled is not among them
  busy: z.array(busyElsewhere),
});
export type UnitCalendar = z.infer<typeof unitCalendar>;

const mostDays = 42; // six weeks: a month as calendars draw it

export const calendarRoutes = {
  'GET /api/units/:unitId/calendar': {
    summary: "A unit's visits from a Swedish day on, and when its staff are taken elsewhere",
    params: z.object({ unitId: id }),
    query: z.object({
      from: date,
      days: z
        .string()
        .regex(/^\d{1,2}$/, 'is no number of days')
        .transform(Number)
        .refine((days) => days >= 1 && days <= mostDays, `is not 1 to ${mostDays}`),
    }),
    reply: unitCalendar,
  },
  'POST /api/visits/:visitId/move': {
    summary: 'Another time, and nothing else',
    params: z.object({ visitId: id }),
    body: z.object({
      startsAt: z.iso.datetime(),
      basedOn: version,
      doubled,
      following: z.boolean().default(false), // and those of its series that come after, alike: all or none
    }),
    reply: nothing,
  },
} as const;
