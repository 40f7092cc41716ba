import { Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { Loading } from '../ui/Loading.tsx';
import {
  AccessesPage,
  AssignmentPage,
  BookPage,
  CheckPage,
  ConsentsPage,
  OwnPage,
  PatientPage,
  PatientsPage,
  RecordPage,
  StaffPage,
  StartPage,
  TodayPage,
  UnitsPage,
  VisitPage,
} from './pages.ts';

export const App = () => (
  <BrowserRouter>
    <Suspense fallback={<Loading />}>
      <Routes>
        <Route path="/" element={<StartPage />} />
        <Route path="/join/:reference" element={<StartPage />} />
        <Route path="/check" element={<CheckPage />} />
        <Route path="/check/:reference" element={<CheckPage />} />
        <Route path="/visits/:visitId" element={<VisitPage />} />
        <Route path="/visits/:visitId/record" element={<RecordPage />} />
        <Route path="/assignment" element={<AssignmentPage />} />
        <Route path="/today" element={<TodayPage />} />
        <Route path="/book" element={<BookPage />} />
        <Route path="/patients" element={<PatientsPage />} />
        <Route path="/patients/:patientId" element={<PatientPage />} />
        <Route path="/units" element={<UnitsPage />} />
        <Route path="/units/:unitId" element={<StaffPage />} />
        <Route path="/my-visits" element={<OwnPage />} />
        <Route path="/my-consents" element={<ConsentsPage />} />
        <Route path="/my-accesses" element={<AccessesPage />} />
        <Route path="*" element={<StartPage />} />
      </Routes>
    </Suspense>
  </BrowserRouter>
);
