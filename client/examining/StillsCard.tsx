import { Images } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';

const StillsList = lazy(() => import('./StillsList.tsx'));

/** Pictures on a visit's record. They are looked at when somebody wants to see them: that too is in the audit. */
export function StillsCard({ visitId }: { visitId: string }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <div className={css.card}>
      {open ? (
        <Suspense fallback={<p role="status">{t('app.loading')}</p>}>
          <StillsList visitId={visitId} stamp={null} />
        </Suspense>
      ) : (
        <section aria-labelledby="stills">
          <h2 id="stills">{t('still.title')}</h2>
          <Button icon={<Images aria-hidden size={20} />} onClick={() => setOpen(true)}>
            {t('still.showAll')}
          </Button>
        </section>
      )}
    </div>
  );
}
