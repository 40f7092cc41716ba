/** The demo's twelve patients. None of them exists: the names say so, and the numbers are of the Tax Agency's test ranges. */
import type { Language } from '../../contract/language.ts';
import type { numberKinds, relativeRoles } from '../../contract/patients.ts';

type DemoRelative = { key: string; name: string; role: (typeof relativeRoles)[number]; relation: string };

export type DemoPatient = {
  key: string;
  name: string;
  marks: string[]; // the units where they are a patient; the first one's organisation knows them
  birthDate: string;
  /** 980 to 999: numbers that the Swedish Tax Agency keeps for tests. */
  serial: number;
  numberKind?: (typeof numberKinds)[number];
  reserveNumber?: string;
  protectedIdentity?: true;
  language?: Language;
  place: string;
  address: string;
  entrance: string;
  relatives: DemoRelative[];
  username?: string;
};

/** Fourteen years old whenever the demo is laid. */
const fourteenAgo = (now: Date): string => `${now.getUTCFullYear() - 14}-01-15`;

const bergvattnet = { address: 'Provvägen 12, 917 31 Dorotea', entrance: 'Huvudentrén, plan 1, portkod 0000' };
const strandvik = { address: 'Testgatan 3, 919 32 Åsele', entrance: 'Entré B, plan 2, portkod 0000' };

export const demoPatients = (now: Date): DemoPatient[] => [
  {
    key: 'tallmo',
    name: 'Test Tallmo',
    marks: ['DR'],
    birthDate: '1938-04-12',
    serial: 982,
    place: 'Bergvattnet, rum 4',
    ...bergvattnet,
    relatives: [{ key: 'tallmo-lind', name: 'Test Tallmo-Lind', role: 'relative', relation: 'dotter' }],
    username: 'patient.tallmo',
  },
  {
    key: 'granstrom',
    name: 'Test Granström',
    marks: ['AS'],
    birthDate: '1931-09-30',
    serial: 985,
    place: 'Strandvik, rum 11',
    ...strandvik,
    relatives: [{ key: 'granstrom-son', name: 'Test Granström den yngre', role: 'relative', relation: 'son' }],
  },
  {
    key: 'bjorkdal',
    name: 'Test Björkdal',
    marks: ['VK'],
    birthDate: '1945-02-03',
    serial: 987,
    place: 'Hemma, Risbäck',
    address: 'Påhittade vägen 7, 917 95 Risbäck',
    entrance: 'Gult hus, dörren mot sjön',
    relatives: [{ key: 'bjorkdal-maka', name: 'Test Björkdal-Ek', role: 'relative', relation: 'maka' }],
  },
  {
    key: 'lindmark',
    name: 'Test Lindmark',
    marks: ['VK'],
    birthDate: '1983-11-08',
    serial: 990,
    protectedIdentity: true,
    place: 'Hemma',
    address: 'Hemliga vägen 1, 999 99 Ingenstans',
    entrance: 'Portkod 0000',
    relatives: [],
  },
  {
    key: 'nordin',
    name: 'Test Nordin',
    marks: ['DR'],
    birthDate: '1952-06-21',
    serial: 0,
    numberKind: 'reserve',
    reserveNumber: 'RES-2026-0042',
    place: 'Bergvattnet, rum 12',
    ...bergvattnet,
    relatives: [],
  },
  {
    key: 'sandstrom',
    name: 'Test Sandström',
    marks: ['VK', 'VH'],
    birthDate: fourteenAgo(now),
    serial: 993,
    place: 'Hemma, Vilhelmina',
    address: 'Exempelgatan 5, 912 34 Vilhelmina',
    entrance: 'Lägenhet 1102, portkod 0000',
    relatives: [
      { key: 'sandstrom-mor', name: 'Test Sandström-Berg', role: 'guardian', relation: 'mor' },
      { key: 'sandstrom-far', name: 'Test Berg', role: 'guardian', relation: 'far' },
    ],
  },
  {
    key: 'hedman',
    name: 'Test Hedman',
    marks: ['DR'],
    birthDate: '1936-12-01',
    serial: 984,
    place: 'Bergvattnet, rum 2',
    ...bergvattnet,
    relatives: [],
  },
  {
    key: 'nyberg',
    name: 'Test Nyberg',
    marks: ['DR'],
    birthDate: '1933-07-17',
    serial: 989,
    place: 'Bergvattnet, rum 9',
    ...bergvattnet,
    relatives: [{ key: 'nyberg-bror', name: 'Test Nyberg den äldre', role: 'relative', relation: 'bror' }],
  },
  {
    key: 'forsgren',
    name: 'Test Forsgren',
    marks: ['DH'],
    birthDate: '1949-03-26',
    serial: 996,
    numberKind: 'coordination',
    place: 'Hemma, Dorotea',
    address: 'Provvägen 40, 917 31 Dorotea',
    entrance: 'Nyckel hos hemsjukvården',
    relatives: [],
  },
  {
    key: 'ronnlund',
    name: 'Test Rönnlund',
    marks: ['AS'],
    birthDate: '1928-10-05',
    serial: 981,
    place: 'Strandvik, rum 3',
    ...strandvik,
    relatives: [{ key: 'ronnlund-god-man', name: 'Test Godman', role: 'trustee', relation: 'god man' }],
  },
  {
    key: 'vikstrom',
    name: 'Test Vikström',
    marks: ['VH', 'VK'],
    birthDate: '1957-05-14',
    serial: 994,
    language: 'fi',
    place: 'Hemma, Vilhelmina',
    address: 'Exempelgatan 21, 912 34 Vilhelmina',
    entrance: 'Radhus, ringklocka',
    relatives: [],
  },
  {
    key: 'marklund',
    name: 'Test Marklund',
    marks: ['ST'],
    birthDate: '1941-08-19',
    serial: 998,
    place: 'Sjukstugan, undersökningsrum 2',
    address: 'Sjukstugevägen 1, 923 99 Storuman',
    entrance: 'Entré A, plan 1',
    relatives: [],
  },
];
