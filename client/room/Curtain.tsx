import { EyeOff } from 'lucide-react';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { useSession } from '../visit/useVisit.ts';
import css from './Curtain.module.css';

/** Picture and sound are off both ways, until the bedside lifts it. */
export default function Curtain({ bedside }: { bedside: boolean }) {
  const { t } = useWords();
  const session = useSession();
  return (
    <section className={css.curtain} aria-label={t('curtain.title')}>
      <EyeOff aria-hidden size={56} />
      <div role="status">
        <h2>{t('curtain.title')}</h2>
      </div>
      <p>{t(bedside ? 'curtain.yours' : 'curtain.theirs')}</p>
      {bedside && (
        <Button look="primary" onClick={() => void session.perform('curtain:lift', {})}>
          {t('curtain.lift')}
        </Button>
      )}
    </section>
  );
}
