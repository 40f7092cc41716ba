import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { fetchPageOf } from './app/pages.ts';
import { startWords } from './app/words.ts';
import './ui/tokens.css';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
fetchPageOf(location.pathname);
await startWords();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
