/** The pages, each fetched when it is needed; a route's page begins to load before anything is drawn. */
import { type ComponentType, lazy } from 'react';
import { openBook } from './words.ts';

type Loaded = { default: ComponentType };

/** Pages of the office bring its words along. */
const withOffice = (load: () => Promise<Loaded>) => async (): Promise<Loaded> => (await Promise.all([load(), openBook('office')]))[0];

/** Pages of plans bring those along, too. */
const withPlan = (load: () => Promise<Loaded>) => withOffice(async () => (await Promise.all([load(), openBook('plan')]))[0]);

const loaders = {
  start: () => import('../start/StartPage.tsx'),
  visit: () => import('../visit/VisitPage.tsx'),
  assignment: withOffice(() => import('../identity/AssignmentPage.tsx')),
  myLogin: withOffice(() => import('../identity/LoginPage.tsx')),
  switch: withOffice(() => import('../identity/SwitchPage.tsx')),
  locked: withOffice(() => import('../identity/LockedPage.tsx')),
  unlocked: withOffice(() => import('../identity/UnlockedPage.tsx')),
  agreements: withOffice(() => import('../admin/AgreementsPage.tsx')),
  reviews: withOffice(() => import('../admin/ReviewsPage.tsx')),
  installation: withOffice(() => import('../admin/InstallationPage.tsx')),
  today: withOffice(() => import('../today/TodayPage.tsx')),
  calendar: withOffice(() => import('../calendar/CalendarPage.tsx')),
  book: withOffice(() => import('../booking/BookPage.tsx')),
  round: withOffice(() => import('../rounds/RoundPage.tsx')),
  newRound: withOffice(() => import('../rounds/NewRoundPage.tsx')),
  roundLive: withOffice(() => import('../rounds/RoundLivePage.tsx')),
  record: withOffice(() => import('../record/RecordPage.tsx')),
  patients: withOffice(() => import('../patients/PatientsPage.tsx')),
  patient: withOffice(() => import('../patients/PatientPage.tsx')),
  units: withOffice(() => import('../admin/UnitsPage.tsx')),
  staff: withOffice(() => import('../admin/StaffPage.tsx')),
  plan: withOffice(() => import('../schedule/PlanPage.tsx')),
  schedule: withOffice(() => import('../schedule/SchedulePage.tsx')),
  outbox: withOffice(() => import('../schedule/OutboxPage.tsx')),
  poll: withOffice(() => import('../polls/PollPage.tsx')),
  propose: withOffice(() => import('../polls/ProposePage.tsx')),
  check: withOffice(() => import('../check/CheckPage.tsx')),
  carePlans: withPlan(() => import('../careplan/BoardPage.tsx')),
  carePlan: withPlan(() => import('../careplan/CarePlanPage.tsx')),
  directory: withPlan(() => import('../careplan/DirectoryPage.tsx')),
  planTemplates: withPlan(() => import('../careplan/TemplatesPage.tsx')),
  own: withOffice(() => import('../own/OwnPage.tsx')),
  consents: withOffice(() => import('../own/ConsentsPage.tsx')),
  accesses: withOffice(() => import('../own/AccessesPage.tsx')),
};

export const StartPage = lazy(loaders.start);
export const VisitPage = lazy(loaders.visit);
export const AssignmentPage = lazy(loaders.assignment);
export const LoginPage = lazy(loaders.myLogin);
export const SwitchPage = lazy(loaders.switch);
export const LockedPage = lazy(loaders.locked);
export const UnlockedPage = lazy(loaders.unlocked);
export const AgreementsPage = lazy(loaders.agreements);
export const ReviewsPage = lazy(loaders.reviews);
export const InstallationPage = lazy(loaders.installation);
export const TodayPage = lazy(loaders.today);
export const CalendarPage = lazy(loaders.calendar);
export const BookPage = lazy(loaders.book);
export const RoundPage = lazy(loaders.round);
export const NewRoundPage = lazy(loaders.newRound);
export const RoundLivePage = lazy(loaders.roundLive);
export const RecordPage = lazy(loaders.record);
export const PatientsPage = lazy(loaders.patients);
export const PatientPage = lazy(loaders.patient);
export const UnitsPage = lazy(loaders.units);
export const StaffPage = lazy(loaders.staff);
export const PlanPage = lazy(loaders.plan);
export const SchedulePage = lazy(loaders.schedule);
export const OutboxPage = lazy(loaders.outbox);
export const PollPage = lazy(loaders.poll);
export const ProposePage = lazy(loaders.propose);
export const CheckPage = lazy(loaders.check);
export const CarePlansPage = lazy(loaders.carePlans);
export const CarePlanPage = lazy(loaders.carePlan);
export const DirectoryPage = lazy(loaders.directory);
export const PlanTemplatesPage = lazy(loaders.planTemplates);
export const OwnPage = lazy(loaders.own);
export const ConsentsPage = lazy(loaders.consents);
export const AccessesPage = lazy(loaders.accesses);

/** Fetches a page ahead. One that cannot be fetched now is fetched when it is drawn. */
export function fetchAhead(page: keyof typeof loaders): void {
  loaders[page]().catch(() => undefined);
}

export function fetchPageOf(path: string): void {
  if (path.startsWith('/visits/') && !path.endsWith('/record')) fetchAhead('visit');
  else if (path === '/' || path.startsWith('/join/')) fetchAhead('start');
}
