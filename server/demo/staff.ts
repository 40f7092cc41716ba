/** The demo's care providers and staff. All are synthetic; staff stand by role and place only. */
import type { organisationKinds, StaffRole, unitKinds } from '../../contract/units.ts';

export const demoPassword = 'samrum-demo';

type DemoUnit = {
  mark: string; // its invitations begin with it, and it stands for the unit in this folder
  name: string;
  kind: (typeof unitKinds)[number];
  phone: string; // of the numbers kept free for fiction
};

type DemoOrganisation = { name: string; kind: (typeof organisationKinds)[number]; units: DemoUnit[] };

export const demoOrganisations: DemoOrganisation[] = [
  {
    name: 'Dorotea kommun (demo)',
    kind: 'municipality',
    units: [
      { mark: 'DR', name: 'Särskilt boende Bergvattnet, Dorotea (demo)', kind: 'careHome', phone: '+46980319200' },
      { mark: 'DH', name: 'Hemsjukvården Dorotea (demo)', kind: 'homeHealthcare', phone: '+46980319201' },
      { mark: 'DS', name: 'Socialtjänsten Dorotea (demo)', kind: 'socialServices', phone: '+46980319202' },
    ],
  },
  {
    name: 'Åsele kommun (demo)',
    kind: 'municipality',
    units: [{ mark: 'AS', name: 'Särskilt boende Strandvik, Åsele (demo)', kind: 'careHome', phone: '+46980319203' }],
  },
  {
    name: 'Region Västerbotten (demo)',
    kind: 'region',
    units: [
      { mark: 'VK', name: 'Digital hälsocentral Inlandet (demo)', kind: 'virtualClinic', phone: '+46980319204' },
      { mark: 'VH', name: 'Vilhelmina hälsocentral (demo)', kind: 'healthCentre', phone: '+46980319205' },
      { mark: 'ST', name: 'Storumans sjukstuga (demo)', kind: 'cottageHospital', phone: '+46980319206' },
    ],
  },
];

/** A number in Sweden for staff abroad; kept free for fiction too. */
export const demoEmergencyPhone = '+46980319299';

export type DemoStaff = {
  username: string;
  place: string;
  operator?: true;
  abroad?: string[];
  assignments: { mark: string; role: StaffRole }[];
};

/** HSA-ids of a test environment: made of the user name, so that they can be typed. */
export const demoHsaId = (name: string): string =>
  `TSTNMT2321000156-${name
    .split('.')
    .map((part) => part.slice(0, 7))
    .join('')
    .toUpperCase()}`;

const works = (mark: string, role: StaffRole) => ({ mark, role });

export const demoStaff: DemoStaff[] = [
  { username: 'lakare.lissabon', place: 'Lissabon', abroad: ['SE', 'PT'], assignments: [works('VK', 'remotePhysician')] },
  { username: 'lakare.storuman', place: 'Storuman', assignments: [works('ST', 'physician')] },
  { username: 'sjukskoterska.dorotea', place: 'Dorotea', assignments: [works('DR', 'nurse'), works('DH', 'nurse')] },
  { username: 'underskoterska.dorotea', place: 'Dorotea', assignments: [works('DR', 'assistantNurse')] },
  { username: 'sjukskoterska.asele', place: 'Åsele', assignments: [works('AS', 'nurse')] },
  { username: 'underskoterska.asele', place: 'Åsele', assignments: [works('AS', 'assistantNurse')] },
  { username: 'samordnare.vilhelmina', place: 'Vilhelmina', assignments: [works('VH', 'careCoordinator'), works('VK', 'careCoordinator')] },
  { username: 'bistand.dorotea', place: 'Dorotea', assignments: [works('DS', 'needsAssessor')] },
  { username: 'chef.dorotea', place: 'Dorotea', assignments: [works('DR', 'unitHead')] },
  { username: 'administrator.dorotea', place: 'Dorotea', assignments: [works('DR', 'administrator')] },
  { username: 'administrator.regionen', place: 'Umeå', assignments: [works('VK', 'administrator')] },
  { username: 'drift', place: 'Umeå', operator: true, assignments: [] },
];
