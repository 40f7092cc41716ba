import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useNavigate } from 'react-router';
import { api } from '../app/api.ts';
import { bothClocks } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';

/** A day's rounds; nothing while there are none. */
export function RoundsToday({ day }: { day: string }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const { data } = useQuery({ queryKey: ['today', 'rounds', day], queryFn: () => api('GET /api/rounds', { query: { day } }) });
  if (!data || data.length === 0) return null;
  return (
    <Card title={t('round.today')} id="rounds">
      <ul className={css.list}>
        {data.map(({ id, unit, startsAt, state, doctor, residents, done }) => {
          const { care, here } = bothClocks(startsAt, language);
          return (
            <li key={id}>
              <div className={css.grow}>
                <p>
                  <strong>
                    {care} · {unit.name}
                  </strong>
                  {here && ` (${t('today.yourTime', { time: here })})`}
                </p>
                <p className={css.soft}>
                  {t('round.with', { name: doctor.name ?? doctor.place })} · {t('round.doneOf', { done, count: residents })}
                </p>
              </div>
              <span className={css.badge}>{t(`round.state.${state}`)}</span>
              <Button
                look="primary"
                icon={<ArrowRight aria-hidden size={22} />}
                aria-label={t('round.openOf', { name: unit.name, time: care })}
                onClick={() => void navigate(`/rounds/${id}`)}
              >
                {t('round.open')}
              </Button>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
