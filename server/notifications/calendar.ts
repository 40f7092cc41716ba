/** Calendar entries that mail programs take in, move and take away (RFC 5545, 5546). */
import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';

type Entry = {
  uid: string;
  sequence: number;
  cancelled: boolean;
  startsAt: Date;
  minutes: number;
  summary: string;
  description: string;
  url: string | null;
  from: string;
  to: string;
  stamp: Date;
};

export function calendarOf({ uid, sequence, cancelled, startsAt, minutes, summary, description, url, from, to, stamp }: Entry): string {
  const calendar = ical({ prodId: { company: 'Samrum', product: 'Samrum' } });
  calendar.method(cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST);
  calendar.createEvent({
    id: uid,
    sequence,
    stamp,
    start: startsAt,
    end: new Date(startsAt.getTime() + minutes * 60_000),
    summary,
    description,
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: 'Samrum', email: from },
    attendees: [{ email: to, rsvp: false, role: ICalAttendeeRole.REQ, status: ICalAttendeeStatus.NEEDSACTION }],
    ...(url === null ? {} : { url }),
  });
  return calendar.toString();
}
