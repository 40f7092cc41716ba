import { useQuery } from '@tanstack/react-query';
import type { SentMessage } from '../../contract/messages.ts';
import { api } from '../app/api.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Fetched, Office } from '../office/Office.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';

/** The demo alone: what would have been sent. */
export default function OutboxPage() {
  const { t } = useWords();
  return (
    <Office title={t('outbox.title')} for="anyStaff">
      <p>{t('outbox.lead')}</p>
      <Messages />
    </Office>
  );
}

function Messages() {
  const { t } = useWords();
  const found = useQuery({ queryKey: ['outbox'], queryFn: () => api('GET /api/outbox'), refetchInterval: 5_000 });
  return (
    <Fetched of={found}>
      {(messages) =>
        messages.length === 0 ? (
          <Card title={t('outbox.title')} id="outbox">
            <p>{t('outbox.none')}</p>
          </Card>
        ) : (
          messages.map((message) => <Message key={message.id} message={message} />)
        )
      }
    </Fetched>
  );
}

function Message({ message }: { message: SentMessage }) {
  const { t, language } = useWords();
  const { id, channel, recipient, address, subject, body, calendar, filedAt } = message;
  return (
    <Card title={subject || t(`message.${message.purpose}`)} id={`message-${id}`}>
      <p className={css.soft}>
        {t(`reach.${channel}`)} · {recipient || t(message.purpose.startsWith('order') ? 'outbox.agency' : 'outbox.staff')}{' '}
        {address && `· ${address}`} · {dayOf(filedAt, language)} {bothClocks(filedAt, language).care}
      </p>
      <p style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{body}</p>
      {calendar && (
        <p>
          <a download="visit.ics" href={`data:text/calendar;charset=utf-8,${encodeURIComponent(calendar)}`}>
            {t('outbox.calendar')}
          </a>
        </p>
      )}
    </Card>
  );
}
