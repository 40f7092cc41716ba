import { lazy, Suspense, useState } from 'react';
import { openBook, useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Loading } from '../ui/Loading.tsx';
import { useSession } from '../visit/useVisit.ts';
import css from './LobbyPage.module.css';

const LobbyCheck = lazy(async () => (await Promise.all([import('../check/LobbyCheck.tsx'), openBook('office')]))[0]);

/** Whoever is unsure of the line checks it before going in. */
export function LineCheckCard({ visitId }: { visitId: string }) {
  const { t } = useWords();
  const session = useSession();
  const [open, setOpen] = useState(false);
  return (
    <section className={css.card} aria-label={t('check.open')}>
      {open ? (
        <Suspense fallback={<Loading />}>
          <LobbyCheck local={session.local} visitId={visitId} />
        </Suspense>
      ) : (
        <Button wide onClick={() => setOpen(true)}>
          {t('check.open')}
        </Button>
      )}
    </section>
  );
}
