import { useState } from 'react';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Notice } from '../ui/Notice.tsx';

/** Whether what is edited here as a whole has been changed by somebody else since. @param stored - as it stands now. */
export function useOthersChanged(stored: unknown): { changed: boolean; seen: () => void } {
  const now = JSON.stringify(stored);
  const [known, setKnown] = useState(now);
  return { changed: now !== known, seen: () => setKnown(now) };
}

/** Until one of the two is chosen there is no saving. */
export function OthersChanged({ onTheirs, onMine }: { onTheirs: () => void; onMine: () => void }) {
  const { t } = useWords();
  return (
    <Notice look="problem">
      <p>{t('carePlan.formOvertaken')}</p>
      <div className={card.row}>
        <Button onClick={onTheirs}>{t('carePlan.agendaTheirs')}</Button>
        <Button onClick={onMine}>{t('carePlan.agendaMine')}</Button>
      </div>
    </Notice>
  );
}
