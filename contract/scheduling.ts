/** When people, rooms and equipment are free, and what units offer. */
import { z } from 'zod';
import { reminder } from './messages.ts';
import { alternation } from './suitability.ts';
import { basedOn, staffRole, version } from './units.ts';
import { date, id, timeOfDay, words } from './wire.ts';

export const modalities = ['video', 'phone', 'physical'] as const;
export const modality = z.enum(modalities);
export type Modality = z.infer<typeof modality>;
export const resourceKinds = ['room', 'bedside', 'device', 'vehicle'] as const;
export const resourceKind = z.enum(resourceKinds);
export type ResourceKind = z.infer<typeof resourceKind>;

export const weekHours = z
  .object({ weekday: z.number().int().min(1).max(7), opens: timeOfDay, closes: timeOfDay.or(z.literal('24:00')) }) // 1 is Monday
  .refine(({ opens, closes }) => opens < closes, { path: ['closes'], message: 'closes before it opens' });
export type WeekHours = z.infer<typeof weekHours>;
const week = z.array(weekHours).max(70, 'has more than 70 rows');

export const zone = z.string().refine(isZone, 'is no time zone');

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('sv', { timeZone: name });
    return /^[A-Z]/.test(name); // an offset such as +02:00 knows no summer time
  } catch {
    return false;
  }
}

export const margin = z.number().int().min(0).max(120, 'is longer than 2 hours');
export const visitMinutes = z.number().int().min(5, 'is shorter than 5 minutes').max(480, 'is longer than 8 hours');

export const visitType = z.object({
  name: words(80),
  modality,
  minutes: visitMinutes,
  minutesBefore: margin,
  minutesAfter: margin,
  roles: z.array(staffRole).max(8, 'names more than 8'),
  resources: z.array(resourceKind).max(8, 'names more than 8'),
  openToPatients: z.boolean(),
  formId: id.nullable().default(null), // what is asked before it
});
export const visitTypeView = visitType.extend({ id, unitId: id, version });
export type VisitTypeView = z.infer<typeof visitTypeView>;

export const resource = z.object({ name: words(80), kind: resourceKind });
export const resourceView = resource.extend({ id, unitId: id, version });
export type ResourceView = z.infer<typeof resourceView>;

export const unitPlan = z.object({
  unitId: id,
  hours: z.array(weekHours), // none: always open
  types: z.array(visitTypeView),
  resources: z.array(resourceView),
  reminders: z.array(reminder), // of every visit of the unit
  physicalEvery: z.number().int().nullable(), // of so many visits at least one is in person
  staff: z.array(z.object({ assignmentId: id, name: z.string().nullable(), role: staffRole, place: z.string() })), // for who plans them
  mayChange: z.boolean(),
  unitName: z.string(),
});
export type UnitPlan = z.infer<typeof unitPlan>;

const instant = z.iso.datetime();
export const scheduleException = z.object({ id, from: instant, until: instant, works: z.boolean() });
export const staffSchedule = z.object({
  assignmentId: id,
  userId: id,
  zone, // of the first row, else of care
  hours: z.array(weekHours),
  exceptions: z.array(scheduleException), // those that are not past
  mayChange: z.boolean(),
});
export type StaffSchedule = z.infer<typeof staffSchedule>;

/** Who works by which assignment: how somebody is named where they are to be booked. */
export const bookable = z.object({ userId: id, unitId: id });

/** One of these has to be free. */
export const need = z.union([
  z.object({ staff: z.array(bookable).min(1, 'names nobody').max(100, 'names more than 100') }),
  z.object({ resources: z.array(id).min(1, 'names nothing').max(100, 'names more than 100') }),
]);
export type Need = z.infer<typeof need>;

export const slot = z.object({
  startsAt: instant,
  free: z.array(z.array(id)), // for each need, in its order: the users, or the resources, that are free
});
export type Slot = z.infer<typeof slot>;

/** A kind of visit that a patient books themselves. */
export const ownOffer = z.object({
  patientId: id,
  unitName: z.string(),
  typeId: id,
  name: z.string(),
  modality,
  minutes: z.number().int(),
});
export type OwnOffer = z.infer<typeof ownOffer>;

const longestSearchMs = 63 * 24 * 3_600_000;

export const schedulingRoutes = {
  'GET /api/units/:unitId/plan': {
    summary: 'What a unit offers, with what, and when it is open',
    params: z.object({ unitId: id }),
    reply: unitPlan,
  },
  'PUT /api/units/:unitId/hours': {
    summary: 'When a unit is open; in the place of what was said before',
    params: z.object({ unitId: id }),
    body: z.object({ hours: week }),
    reply: unitPlan,
  },
  'PUT /api/units/:unitId/reminders': {
    summary: 'When those who come are reminded; of visits that are booked or moved from now on',
    params: z.object({ unitId: id }),
    body: z.object({ reminders: z.array(reminder).max(5, 'names more than 5') }),
    reply: unitPlan,
  },
  'PUT /api/units/:unitId/alternation': {
    summary: 'How often its patients are seen in person',
    params: z.object({ unitId: id }),
    body: z.object({ physicalEvery: z.number().int().min(2, 'is less than 2').max(12, 'is more than 12').nullable() }),
    reply: unitPlan,
  },
  'GET /api/units/:unitId/patients/:patientId/alternation': {
    summary: 'How often a patient has been seen in person there',
    params: z.object({ unitId: id, patientId: id }),
    reply: alternation,
  },
  'POST /api/units/:unitId/visit-types': {
    summary: 'Offers one more kind of visit',
    params: z.object({ unitId: id }),
    body: visitType,
    reply: unitPlan,
  },
  'PUT /api/visit-types/:typeId': {
    summary: 'Changes a kind of visit; what is booked stays as it is',
    params: z.object({ typeId: id }),
    body: visitType.extend(basedOn.shape),
    reply: unitPlan,
  },
  'POST /api/visit-types/:typeId/end': { summary: 'Offers it no more', params: z.object({ typeId: id }), reply: unitPlan },
  'POST /api/units/:unitId/resources': {
    summary: 'Adds a room, a bedside, a device or a vehicle',
    params: z.object({ unitId: id }),
    body: resource,
    reply: unitPlan,
  },
  'PUT /api/resources/:resourceId': {
    summary: 'Changes what it is called',
    params: z.object({ resourceId: id }),
    body: resource.extend(basedOn.shape),
    reply: unitPlan,
  },
  'POST /api/resources/:resourceId/end': {
    summary: 'It is booked no more; refused while something coming has it',
    params: z.object({ resourceId: id }),
    reply: unitPlan,
  },
  'GET /api/assignments/:assignmentId/schedule': {
    summary: 'When somebody works by an assignment',
    params: z.object({ assignmentId: id }),
    reply: staffSchedule,
  },
  'PUT /api/assignments/:assignmentId/schedule': {
    summary: 'The hours of the week, as the clock goes in that zone; in the place of what was said before',
    params: z.object({ assignmentId: id }),
    body: z.object({ zone, hours: week }),
    reply: staffSchedule,
  },
  'POST /api/assignments/:assignmentId/exceptions': {
    summary: 'Away, or there beside the hours of the week',
    params: z.object({ assignmentId: id }),
    body: z
      .object({ from: instant, until: instant, works: z.boolean() })
      .refine(({ from, until }) => from < until, { path: ['until'], message: 'ends before it begins' }),
    reply: staffSchedule,
  },
  'POST /api/assignments/:assignmentId/exceptions/:exceptionId/end': {
    summary: 'Takes it back',
    params: z.object({ assignmentId: id, exceptionId: id }),
    reply: staffSchedule,
  },
  'POST /api/slots/search': {
    summary: 'When all that is needed is free at once, the earliest first',
    body: z
      .object({
        unitId: id, // whose visit it is: its opening hours hold
        from: instant,
        until: instant,
        minutes: visitMinutes,
        minutesBefore: margin.default(0),
        minutesAfter: margin.default(0),
        needs: z.array(need).min(1, 'names nothing').max(20, 'names more than 20'),
        limit: z.number().int().min(1).max(500).default(100),
      })
      .refine(({ from, until }) => Date.parse(until) - Date.parse(from) <= longestSearchMs, {
        path: ['until'],
        message: 'is more than nine weeks from the beginning',
      })
      .refine(({ from, until }) => from < until, { path: ['until'], message: 'ends before it begins' }),
    reply: z.array(slot),
  },
  'POST /api/slots/busy': {
    summary: 'Who and what is taken then, so that it can be said before it is refused',
    body: z.object({
      startsAt: instant,
      minutes: visitMinutes,
      userIds: z.array(id).max(40),
      resourceIds: z.array(id).max(40),
      butVisitId: id.nullable().default(null), // that is moved itself
    }),
    reply: z.object({ userIds: z.array(id), resourceIds: z.array(id) }),
  },
  'GET /api/my/offers': { summary: 'Kinds of visits that the patient may book', reply: z.array(ownOffer) },
  'POST /api/my/slots': {
    summary: 'When such a visit can be; times alone, not with whom',
    body: z
      .object({ typeId: id, patientId: id, from: instant, until: instant })
      .refine(({ from, until }) => from < until && Date.parse(until) - Date.parse(from) <= longestSearchMs, {
        path: ['until'],
        message: 'is before the beginning, or more than nine weeks from it',
      }),
    reply: z.array(instant),
  },
  'POST /api/my/bookings': {
    summary: 'Books such a visit; the same id again is the same visit',
    body: z.object({ visitId: id, typeId: id, patientId: id, startsAt: instant }),
    reply: z.null(),
  },
  'GET /api/my/feed': {
    summary: 'Whether there is an address of the own calendar; it was shown once',
    reply: z.object({ since: instant.nullable() }),
  },
  'POST /api/my/feed': {
    summary: 'A new secret address of the own calendar, shown this once; the former is good no more',
    reply: z.object({ path: z.string() }),
  },
  'POST /api/my/feed/end': { summary: 'The address is good no more', reply: z.null() },
  'GET /api/holidays': {
    summary: 'Public holidays of a year',
    query: z.object({ year: z.string().regex(/^20\d\d$/, 'is no year of this century') }),
    reply: z.array(z.object({ day: date, name: z.string() })),
  },
} as const;
