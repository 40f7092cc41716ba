import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { StartPage } from '../start/StartPage.tsx';
import { Loading } from '../ui/Loading.tsx';

const TodayPage = lazy(() => import('../today/TodayPage.tsx'));
const VisitPage = lazy(() => import('../visit/VisitPage.tsx'));

const queries = new QueryClient({ defaultOptions: { queries: { retry: 2, refetchOnWindowFocus: true } } });

export const App = () => (
  <QueryClientProvider client={queries}>
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
  </QueryClientProvider>
);
