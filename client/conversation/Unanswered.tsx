import { useQuery, useQueryClient } from '@tanstack/react-query';
import { MessageCircleQuestion } from 'lucide-react';
import { Link } from 'react-router';
import { api } from '../app/api.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { useListChanges } from '../office/useListChanges.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';

/** Patients who have written and wait for an answer. None: nothing is drawn. */
export function Unanswered() {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const { data } = useQuery({ queryKey: ['conversations'], queryFn: () => api('GET /api/conversations') });
  const renew = (): void => void queries.invalidateQueries({ queryKey: ['conversations'] });
  useListChanges(renew);
  if (!data || data.length === 0) return null;
  return (
    <Card title={t('conversation.unanswered', { count: data.length })} id="unanswered">
      <ul className={css.list}>
        {data.map(({ visitId, patientName, startsAt, since }) => (
          <li key={visitId}>
            <MessageCircleQuestion aria-hidden size={24} />
            <div className={css.grow}>
              <p>
                <Link to={`/visits/${visitId}/record`}>{patientName}</Link>
              </p>
              <p className={css.soft}>
                {t('conversation.since', { when: `${dayOf(since, language)} ${bothClocks(since, language).care}` })} ·{' '}
                {t('letters.visit', { when: dayOf(startsAt, language) })}
              </p>
            </div>
            <Button
              aria-label={t('conversation.settleName', { name: patientName })}
              onClick={() => void api('POST /api/visits/:visitId/conversation/settle', { params: { visitId } }).finally(renew)}
            >
              {t('conversation.settle')}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
