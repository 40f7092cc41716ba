import { Temporal } from 'temporal-polyfill';

const careZone = 'Europe/Stockholm';

/** The moment of a Swedish date and time of day. A time that a spring night skips is the one an hour later. */
export const momentOf = (date: string, time: string): string =>
  new Date(Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(careZone).epochMilliseconds).toISOString();

/** The Swedish date and time of day of a moment, as the fields write them. */
export function fieldsOf(iso: string): { date: string; time: string } {
  const local = Temporal.Instant.from(iso).toZonedDateTimeISO(careZone);
  return { date: local.toPlainDate().toString(), time: local.toPlainTime().toString({ smallestUnit: 'minute' }) };
}
