import { Lock } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useMe } from '../app/me.ts';
import { openBook, useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from './RoomPage.module.css';

const RoomProof = lazy(async () => (await Promise.all([import('../identity/RoomProof.tsx'), openBook('office')]))[0]);

/** Nobody touched anything for a while: the call goes on, the rest opens again with a PIN. */
export function LockBanner() {
  const { t } = useWords();
  const me = useMe();
  const [open, setOpen] = useState(false);
  if (!me?.locked) return null;
  return (
    <div className={css.banner} role="status">
      <p>
        <Lock aria-hidden size={22} /> {t('room.locked')}
      </p>
      <Button onClick={() => setOpen(true)}>{t('room.unlock')}</Button>
      {open && (
        <Suspense>
          <RoomProof onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
