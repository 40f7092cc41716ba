/** The meeting in which a plan is made: what is talked of, who is in the room for it, and talks aside. */
import { z } from 'zod';
import { area, areasGiven } from './planParts.ts';
import { id, words } from './wire.ts';

/** What is talked of. Who may not be told of one of its areas is not in the room for it. */
export const agendaItem = z.object({
  id,
  title: words(120),
  areas: areasGiven,
  minutes: z.number().int().min(1, 'is shorter than a minute').max(240, 'is longer than 4 hours'),
  partyIds: z.array(id).max(24), // who takes part; the person, who speaks for them, their interpreter and the coordinator always do
});
export type AgendaItem = z.output<typeof agendaItem>;
export const agendaView = agendaItem.extend({ areas: z.array(area) });

export const agenda = z.array(agendaItem).max(30, 'has more than 30 items');

/** Of the agenda, what one takes part in. */
export const agendaShown = z.object({
  items: z.array(z.object({ id, title: z.string(), minutes: z.number().int(), state: z.enum(['ahead', 'now', 'done']) })),
  free: z.boolean(), // no item is taken up: everybody is in
});

/** Some of those there talk by themselves for a while; the person is told, and says yes or no. */
export const sideTalk = z.object({ participantIds: z.array(id).min(2).max(24), agreed: z.boolean() });
export type SideTalk = z.infer<typeof sideTalk>;
