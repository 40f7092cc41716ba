import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarCheck, Check, Minus, X } from 'lucide-react';
import { useNavigate } from 'react-router';
import type { PollAnswer, PollView } from '../../contract/polls.ts';
import type { VisitRecord } from '../../contract/record.ts';
import { api } from '../app/api.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { useListChanges } from '../office/useListChanges.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import css from './PollCard.module.css';

const signs = { yes: Check, maybe: Minus, no: X } as const;

/** Whom which time suits; the one that suits most stands first, and is booked at one press. Nothing is drawn where nobody was asked. */
export function PollCard({ record }: { record: VisitRecord }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const visitId = record.id;
  const queryKey = ['poll', visitId];
  const { data } = useQuery({
    queryKey,
    queryFn: () => api('GET /api/visits/:visitId/poll', { params: { visitId } }),
    refetchOnWindowFocus: false, // each reading is in the audit
  });
  useListChanges(() => void queries.invalidateQueries({ queryKey }));
  if (!data) return null;
  const answered = data.invitees.filter(({ answeredAt }) => answeredAt !== null).length;
  return (
    <Card title={t('poll.times')} id="poll">
      <p>{t('poll.answered', { count: answered, all: data.invitees.length })}</p>
      <Table poll={data} record={record} />
      {data.open && (
        <div>
          <Button
            look="quiet"
            onClick={() =>
              void api('POST /api/visits/:visitId/poll/close', { params: { visitId } }).finally(
                () => void queries.invalidateQueries({ queryKey }),
              )
            }
          >
            {t('poll.close')}
          </Button>
        </div>
      )}
    </Card>
  );
}

const weight: Record<PollAnswer, number> = { yes: 2, maybe: 1, no: -3 };

function Table({ poll: { options, invitees, open }, record }: { poll: PollView; record: VisitRecord }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const suits = (optionId: string): number =>
    invitees.reduce((sum, { answers }) => sum + (answers[optionId] ? weight[answers[optionId]] : 0), 0);
  const sorted = options.toSorted((one, other) => suits(other.id) - suits(one.id) || one.startsAt.localeCompare(other.startsAt));
  return (
    <section className={css.scroll} aria-label={t('poll.table')}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('calendar.when')}</th>
            {invitees.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
            {open && <th scope="col">{t('app.book')}</th>}
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ id, startsAt }) => {
            const when = `${dayOf(startsAt, language)} ${bothClocks(startsAt, language).care}`;
            return (
              <tr key={id}>
                <th scope="row">{when}</th>
                {invitees.map((invitee) => {
                  const said = invitee.answers[id];
                  const Sign = said && signs[said];
                  return (
                    <td key={invitee.id} data-answer={said}>
                      {Sign && <Sign aria-hidden size={20} />} {said ? t(`poll.answer.${said}`) : t('poll.unanswered')}
                    </td>
                  );
                })}
                {open && (
                  <td>
                    <Button
                      icon={<CalendarCheck aria-hidden size={20} />}
                      aria-label={t('poll.bookName', { when })}
                      onClick={() =>
                        void navigate(
                          `/book?${new URLSearchParams({ patient: record.patientId, unit: record.unit.id, request: record.id, at: startsAt, minutes: String(record.details.durationMinutes) })}`,
                        )
                      }
                    >
                      {t('poll.book')}
                    </Button>
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
