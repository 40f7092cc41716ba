/** The demo's day: visits around the present hour, in every state that staff meet. */
import type { VisitState } from '../../contract/visits.ts';

type Written = { outcome: string; agreed: string; followUp: string; followUpOwner: string };

export type DemoVisit = {
  patient: string;
  mark: string;
  /** Minutes from the full quarter of an hour at which the demo was laid. */
  atMinutes: number;
  state: VisitState;
  host: string;
  bedside?: string;
  others?: string[];
  relatives?: { key: string; reference: string; code: string }[];
  /** The patient comes by a link of their own. */
  own?: { reference: string; code: string };
  reason?: string;
  written?: Written;
};

const physician = 'lakare.lissabon';
const nurse = 'sjukskoterska.dorotea';
const day = 24 * 60;

const bloodPressure: Written = {
  outcome: 'Påhittad anteckning: blodtrycksuppföljning, patienten mår bra, inga nya besvär.',
  agreed: 'Vi pratade om ditt blodtryck. Det är bra som det är, och du fortsätter som förut.',
  followUp: 'Nytt blodtryck på boendet om två veckor',
  followUpOwner: 'Sjuksköterska, Dorotea',
};
const wound: Written = {
  outcome: 'Påhittad anteckning: sår på vänster underben, läker som förväntat.',
  agreed: 'Såret läker fint. Sjuksköterskan lägger om det som vanligt.',
  followUp: 'Titta på såret igen vid nästa rond',
  followUpOwner: 'Sjuksköterska, Dorotea',
};

export const demoDay: DemoVisit[] = [
  { patient: 'tallmo', mark: 'DR', atMinutes: -42 * day, state: 'completed', host: physician, bedside: nurse, written: wound },
  { patient: 'tallmo', mark: 'DR', atMinutes: -14 * day, state: 'completed', host: physician, bedside: nurse, written: bloodPressure },
  { patient: 'hedman', mark: 'DR', atMinutes: -240, state: 'completed', host: physician, bedside: nurse, written: bloodPressure },
  {
    patient: 'nyberg',
    mark: 'DR',
    atMinutes: -195,
    state: 'completed',
    host: physician,
    bedside: 'underskoterska.dorotea',
    written: wound,
  },
  {
    patient: 'vikstrom',
    mark: 'VH',
    atMinutes: -150,
    state: 'no_show',
    host: 'samordnare.vilhelmina',
    others: [physician],
    reason: 'Svarade inte i telefon',
  },
  {
    patient: 'marklund',
    mark: 'ST',
    atMinutes: -120,
    state: 'converted_to_physical',
    host: 'lakare.storuman',
    reason: 'Behöver undersökas på plats',
  },
  {
    patient: 'forsgren',
    mark: 'DH',
    atMinutes: -90,
    state: 'tech_failed',
    host: physician,
    bedside: nurse,
    reason: 'Inget nät hos patienten; läkaren ringde i stället',
  },
  { patient: 'ronnlund', mark: 'AS', atMinutes: -45, state: 'documenting', host: physician, bedside: 'sjukskoterska.asele' },
  {
    patient: 'tallmo',
    mark: 'DR',
    atMinutes: 0,
    state: 'booked',
    host: physician,
    bedside: nurse,
    relatives: [{ key: 'tallmo-lind', reference: 'DRTALM22', code: '246810' }],
  },
  {
    patient: 'granstrom',
    mark: 'AS',
    atMinutes: 0,
    state: 'checked_in',
    host: physician,
    bedside: 'underskoterska.asele',
    others: ['sjukskoterska.asele'],
    relatives: [{ key: 'granstrom-son', reference: 'ASGRAN22', code: '135791' }],
  },
  { patient: 'sandstrom', mark: 'VK', atMinutes: 15, state: 'booked', host: physician, own: { reference: 'VKSAND22', code: '112358' } },
  { patient: 'nordin', mark: 'DR', atMinutes: 30, state: 'booked', host: physician, bedside: 'underskoterska.dorotea' },
  { patient: 'lindmark', mark: 'VK', atMinutes: 45, state: 'booked', host: physician, own: { reference: 'VKLND222', code: '314159' } },
  {
    patient: 'bjorkdal',
    mark: 'VK',
    atMinutes: 60,
    state: 'booked',
    host: physician,
    own: { reference: 'VKBJRK22', code: '271828' },
    relatives: [{ key: 'bjorkdal-maka', reference: 'VKBJRK33', code: '161803' }],
  },
  {
    patient: 'marklund',
    mark: 'ST',
    atMinutes: 75,
    state: 'cancelled',
    host: 'lakare.storuman',
    reason: 'Blev fysiskt besök tidigare i dag',
  },
  { patient: 'hedman', mark: 'DR', atMinutes: 90, state: 'booked', host: 'lakare.storuman', bedside: nurse },
  { patient: 'vikstrom', mark: 'VH', atMinutes: 120, state: 'booked', host: 'samordnare.vilhelmina', others: [physician] },
  { patient: 'ronnlund', mark: 'AS', atMinutes: 150, state: 'booked', host: physician, bedside: 'sjukskoterska.asele' },
  { patient: 'tallmo', mark: 'DR', atMinutes: 14 * day, state: 'booked', host: physician, bedside: nurse },
];
