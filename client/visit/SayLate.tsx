import { Clock } from 'lucide-react';
import { useState } from 'react';
import { api, codeOf } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Notice } from '../ui/Notice.tsx';

const choices = [5, 10, 15, 30];

/** Says that one's own side is late, or in time after all. */
export function SayLate({ visitId, minutes, side }: { visitId: string; minutes: number | null; side: 'care' | 'patient' }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const say = (late: number): void => {
    setBusy(true);
    setProblem(null);
    api('POST /api/visits/:visitId/late', { params: { visitId }, body: { minutes: late } })
      .then(() => setOpen(false))
      .catch((error: unknown) => setProblem(codeOf(error)))
      .finally(() => setBusy(false));
  };
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      <div className={css.row}>
        {minutes !== null && <p role="status">{t('late.said', { count: minutes })}</p>}
        <Button icon={<Clock aria-hidden size={20} />} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(minutes !== null ? 'late.change' : side === 'care' ? 'late.say' : 'late.own')}
        </Button>
      </div>
      {open && (
        <fieldset className={css.row}>
          <legend className="visually-hidden">{t('late.how')}</legend>
          {choices.map((late) => (
            <Button key={late} disabled={busy} aria-pressed={late === minutes} onClick={() => say(late)}>
              {t('late.minutes', { count: late })}
            </Button>
          ))}
          {minutes !== null && (
            <Button disabled={busy} onClick={() => say(0)}>
              {t('late.inTime')}
            </Button>
          )}
        </fieldset>
      )}
      {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
    </div>
  );
}
