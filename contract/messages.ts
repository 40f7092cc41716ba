/** What is told to people outside the product: by mail, SMS and letter. */
import { z } from 'zod';
import { id, timeOfDay } from './wire.ts';

/** How somebody wants to hear of their visits; `none`: staff tell them. */
export const contactChannels = ['none', 'email', 'sms', 'letter'] as const;
export const contactChannel = z.enum(contactChannels);
export type ContactChannel = z.infer<typeof contactChannel>;

export const messageChannels = ['email', 'sms', 'letter'] as const;
export const messagePurposes = [
  'invitation',
  'change',
  'cancellation',
  'reminder',
  'late',
  'turn', // in a round it is soon their resident's
  'poll', // which times suit
  'saying', // the unit has written: there is something to read
  'code',
  'order', // of an interpreter, to the agency
  'orderChange',
  'orderEnd',
  'summons', // to a planning meeting: it lies in Samrum
  'silence', // nobody has answered a summons: to the head of the unit
  'task', // of a plan: is due
] as const;
export type MessagePurpose = (typeof messagePurposes)[number];

/** Why a message was given up. */
export const deliveryFailures = [
  'bounced', // the other end says that there is no such address
  'refused', // it does not take this message
  'unreachable', // nobody answered, for hours
  'noGateway', // this installation sends none of that kind
] as const;

/** Days before at a time of the Swedish day, or minutes before it begins. */
export const reminder = z.union([
  z.object({ days: z.number().int().min(1).max(14), at: timeOfDay }),
  z.object({ minutes: z.number().int().min(5).max(720) }),
]);
export type Reminder = z.infer<typeof reminder>;
export const usualReminders: Reminder[] = [{ days: 1, at: '16:00' }, { minutes: 60 }];

export type DeliveryFailure = (typeof deliveryFailures)[number];

export const messageView = z.object({
  id,
  purpose: z.enum(messagePurposes),
  channel: z.enum(messageChannels),
  recipient: z.string(),
  filedAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
  failedAt: z.iso.datetime().nullable(),
  failure: z.enum(deliveryFailures).nullable(),
});
export type MessageView = z.infer<typeof messageView>;

export const sentMessage = messageView.extend({
  address: z.string(),
  subject: z.string(),
  body: z.string(),
  calendar: z.string(),
});
export type SentMessage = z.infer<typeof sentMessage>;

export const messageRoutes = {
  'GET /api/visits/:visitId/messages': {
    summary: 'What those who come have been told, and whether it reached them',
    params: z.object({ visitId: id }),
    reply: z.array(messageView),
  },
  'GET /api/outbox': {
    summary: 'The demo alone: what would have been sent, the newest first',
    reply: z.array(sentMessage),
  },
} as const;
