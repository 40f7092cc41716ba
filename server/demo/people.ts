/** The demo's people. All are synthetic: none of them exists. */
import type { Role } from '../../contract/visits.ts';

export const demoPassword = 'samrum-demo';

export type DemoStaff = { username: string; role: Role; place: string };

/** Staff stand by role and place only. */
export const demoStaff: DemoStaff[] = [
  { username: 'lakare.lissabon', role: 'remotePhysician', place: 'Lissabon' },
  { username: 'sjukskoterska.dorotea', role: 'nurse', place: 'Dorotea' },
  { username: 'underskoterska.asele', role: 'assistantNurse', place: 'Åsele' },
];

export type DemoVisit = {
  patientName: string;
  place: string;
  /** Minutes from the full quarter of an hour at which the demo was laid. */
  startsInMinutes: number;
  host: string;
  staff: string[];
  relative: { name: string; place: string; reference: string; code: string };
};

export const demoVisits: DemoVisit[] = [
  {
    patientName: 'Test Tallmo',
    place: 'Särskilt boende Bergvattnet, rum 4, Dorotea',
    startsInMinutes: 0,
    host: 'lakare.lissabon',
    staff: ['sjukskoterska.dorotea'],
    relative: { name: 'Test Tallmo-Lind (dotter)', place: 'Umeå', reference: 'DEMA2345', code: '246810' },
  },
  {
    patientName: 'Test Granström',
    place: 'Särskilt boende Strandvik, rum 11, Åsele',
    startsInMinutes: 30,
    host: 'lakare.lissabon',
    staff: ['underskoterska.asele', 'sjukskoterska.dorotea'],
    relative: { name: 'Test Granström (son)', place: 'Göteborg', reference: 'DEMB3456', code: '135791' },
  },
  {
    patientName: 'Test Björkdal',
    place: 'Hemma, Risbäck',
    startsInMinutes: 60,
    host: 'sjukskoterska.dorotea',
    staff: ['lakare.lissabon'],
    relative: { name: 'Test Björkdal (maka)', place: 'Risbäck', reference: 'DEMC4567', code: '112358' },
  },
];
