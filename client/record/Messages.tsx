import { useQuery } from '@tanstack/react-query';
import { Mail, MailWarning } from 'lucide-react';
import { api } from '../app/api.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Fetched } from '../office/Office.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';

/** What those who come have been told, and whether it reached them. */
export function Messages({ visitId }: { visitId: string }) {
  const { t, language } = useWords();
  const found = useQuery({
    queryKey: ['messages', visitId],
    queryFn: () => api('GET /api/visits/:visitId/messages', { params: { visitId } }),
    refetchOnWindowFocus: false, // each reading is in the audit
  });
  return (
    <Card title={t('message.title')} id="messages">
      <Fetched of={found}>
        {(messages) =>
          messages.length === 0 ? (
            <p>{t('message.none')}</p>
          ) : (
            <ul className={css.list}>
              {messages.map(({ id, purpose, channel, recipient, filedAt, sentAt, failedAt, failure }) => (
                <li key={id}>
                  {failedAt ? <MailWarning aria-hidden size={24} /> : <Mail aria-hidden size={24} />}
                  <div className={css.grow}>
                    <p>
                      <strong>{t(`message.${purpose}`)}</strong> ·{' '}
                      {recipient || t(purpose.startsWith('order') ? 'outbox.agency' : 'outbox.staff')} · {t(`reach.${channel}`)}
                    </p>
                    <p className={css.soft}>
                      {dayOf(filedAt, language)} {bothClocks(filedAt, language).care} ·{' '}
                      {failure
                        ? t(`message.failed.${failure}`)
                        : t(sentAt ? 'message.sent' : channel === 'letter' ? 'message.toPrint' : 'message.onItsWay')}
                    </p>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Fetched>
    </Card>
  );
}
