import { Activity, type ReactNode, Suspense } from 'react';
import { BrowserRouter, Route, Routes, useLocation } from 'react-router';
import { useOffline } from '../offline/useOffline.ts';
import { Loading } from '../ui/Loading.tsx';
import { useIdle } from './idle.ts';
import { useMe, useTakeovers } from './me.ts';
import {
  AccessesPage,
  AgreementsPage,
  AssignmentPage,
  BookPage,
  CalendarPage,
  CarePlanPage,
  CarePlansPage,
  CheckPage,
  ConsentsPage,
  DirectoryPage,
  InstallationPage,
  LockedPage,
  LoginPage,
  NewRoundPage,
  OutboxPage,
  OwnPage,
  PatientPage,
  PatientsPage,
  PlanPage,
  PlanTemplatesPage,
  PollPage,
  ProposePage,
  RecordPage,
  ReviewsPage,
  RoundLivePage,
  RoundPage,
  SchedulePage,
  StaffPage,
  StartPage,
  SwitchPage,
  TodayPage,
  UnitsPage,
  UnlockedPage,
  VisitPage,
} from './pages.ts';

/**
 * What has locked shows nothing but how to open it; what was typed is there again when it opens, unless a colleague has
 * taken over. The call is left as it is, and so is the way to change user.
 */
function Guarded({ children }: { children: ReactNode }) {
  const me = useMe();
  const takeovers = useTakeovers();
  const { pathname } = useLocation();
  useIdle(me);
  useOffline(me);
  const open = /^\/visits\/[^/]+$|^\/rounds\/[^/]+\/live$|^\/switch$/.test(pathname);
  const locked = me?.locked != null && !open;
  return (
    <>
      {locked && <LockedPage />}
      <Activity key={open ? 'open' : takeovers} mode={locked ? 'hidden' : 'visible'}>
        {children}
      </Activity>
    </>
  );
}

export const App = () => (
  <BrowserRouter>
    <Suspense fallback={<Loading />}>
      <Guarded>
        <Routes>
          <Route path="/" element={<StartPage />} />
          <Route path="/join/:reference" element={<StartPage />} />
          <Route path="/check" element={<CheckPage />} />
          <Route path="/check/:reference" element={<CheckPage />} />
          <Route path="/visits/:visitId" element={<VisitPage />} />
          <Route path="/visits/:visitId/record" element={<RecordPage />} />
          <Route path="/rounds/new" element={<NewRoundPage />} />
          <Route path="/rounds/:roundId" element={<RoundPage />} />
          <Route path="/rounds/:roundId/live" element={<RoundLivePage />} />
          <Route path="/care-plans" element={<CarePlansPage />} />
          <Route path="/care-plans/:planId" element={<CarePlanPage />} />
          <Route path="/directory" element={<DirectoryPage />} />
          <Route path="/plan-templates" element={<PlanTemplatesPage />} />
          <Route path="/times" element={<PollPage />} />
          <Route path="/propose/:patientId" element={<ProposePage />} />
          <Route path="/assignment" element={<AssignmentPage />} />
          <Route path="/my-login" element={<LoginPage />} />
          <Route path="/switch" element={<SwitchPage />} />
          <Route path="/unlocked" element={<UnlockedPage />} />
          <Route path="/agreements" element={<AgreementsPage />} />
          <Route path="/reviews" element={<ReviewsPage />} />
          <Route path="/installation" element={<InstallationPage />} />
          <Route path="/today" element={<TodayPage />} />
          <Route path="/calendar" element={<CalendarPage />} />
          <Route path="/book" element={<BookPage />} />
          <Route path="/patients" element={<PatientsPage />} />
          <Route path="/patients/:patientId" element={<PatientPage />} />
          <Route path="/units" element={<UnitsPage />} />
          <Route path="/units/:unitId" element={<StaffPage />} />
          <Route path="/units/:unitId/plan" element={<PlanPage />} />
          <Route path="/schedule" element={<SchedulePage />} />
          <Route path="/schedule/:assignmentId" element={<SchedulePage />} />
          <Route path="/outbox" element={<OutboxPage />} />
          <Route path="/my-visits" element={<OwnPage />} />
          <Route path="/my-consents" element={<ConsentsPage />} />
          <Route path="/my-accesses" element={<AccessesPage />} />
          <Route path="*" element={<StartPage />} />
        </Routes>
      </Guarded>
    </Suspense>
  </BrowserRouter>
);
