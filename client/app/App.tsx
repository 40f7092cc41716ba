import { Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { Loading } from '../ui/Loading.tsx';
import { StartPage, TodayPage, VisitPage } from './pages.ts';

export const App = () => (
  <BrowserRouter>
    <Suspense fallback={<Loading />}>
      <Routes>
        <Route path="/" element={<StartPage />} />
        <Route path="/join/:reference" element={<StartPage />} />
        <Route path="/today" element={<TodayPage />} />
        <Route path="/visits/:visitId" element={<VisitPage />} />
        <Route path="*" element={<StartPage />} />
      </Routes>
    </Suspense>
  </BrowserRouter>
);
