import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import type { OwnOffer } from '../../contract/scheduling.ts';
import { ApiError, api, codeOf } from '../app/api.ts';
import { bothClocks, careToday, dayAfter, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { momentOf } from '../booking/careTime.ts';
import times from '../booking/FindTime.module.css';
import { newId } from '../media/newId.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Radios } from '../ui/Choices.tsx';
import { Notice } from '../ui/Notice.tsx';

const daysAhead = 28;
const keyOf = ({ typeId, patientId }: OwnOffer): string => `${typeId} ${patientId}`;

/** Kinds of visits that the patient books themselves: what, when, done. Nothing where there are none. */
export function BookOwn() {
  const { t } = useWords();
  const offers = useQuery({ queryKey: ['my offers'], queryFn: () => api('GET /api/my/offers') });
  const [chosen, setChosen] = useState<string | null>(null);
  const [done, setDone] = useState(false);
  if (!offers.data || offers.data.length === 0) return null;
  const offer = offers.data.find((one) => keyOf(one) === chosen);
  return (
    <Card title={t('ownBook.title')} id="book-own">
      <Radios
        legend={t('ownBook.what')}
        value={chosen}
        onChange={(key) => {
          setDone(false);
          setChosen(key);
        }}
        options={offers.data.map((one) => ({
          value: keyOf(one),
          label: one.name,
          hint: `${one.unitName} · ${t(`contact.${one.modality}`)} · ${t('book.minutes', { count: one.minutes })}`,
        }))}
      />
      {offer && (
        <Times
          key={keyOf(offer)}
          offer={offer}
          onBooked={() => {
            setChosen(null);
            setDone(true);
          }}
        />
      )}
      {done && <Notice>{t('ownBook.done')}</Notice>}
    </Card>
  );
}

function Times({ offer, onBooked }: { offer: OwnOffer; onBooked: () => void }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const { typeId, patientId } = offer;
  const [visitId] = useState(newId); // a resend is the same visit
  const [startsAt, setStartsAt] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const from = momentOf(careToday(), '00:00');
  const until = momentOf(dayAfter(careToday(), daysAhead), '00:00');
  const queryKey = ['my slots', typeId, patientId];
  const free = useQuery({ queryKey, queryFn: () => api('POST /api/my/slots', { body: { typeId, patientId, from, until } }) });
  const book = async (): Promise<void> => {
    if (!startsAt) return;
    setBusy(true);
    setProblem(null);
    try {
      await api('POST /api/my/bookings', { body: { visitId, typeId, patientId, startsAt } });
      onBooked();
      await queries.invalidateQueries({ queryKey: ['own'] });
    } catch (error) {
      const field = error instanceof ApiError ? error.field : undefined;
      setProblem(t(field === 'startsAt' ? 'ownBook.gone' : field === 'own' ? 'ownBook.other' : `error.${codeOf(error)}`));
      setStartsAt(null);
      await queries.invalidateQueries({ queryKey });
    }
    setBusy(false);
  };
  if (free.isPending) return <p role="status">{t('app.loading')}</p>;
  const days = [...Map.groupBy(free.data ?? [], (at) => dayOf(at, language))];
  return (
    <>
      {free.error && <Notice look="problem">{t(`error.${codeOf(free.error)}`)}</Notice>}
      {problem && <Notice look="problem">{problem}</Notice>}
      {free.data?.length === 0 && <Notice>{t('ownBook.none')}</Notice>}
      <div className={times.days}>
        {days.map(([day, ats]) => (
          <section key={day} aria-label={day}>
            <h3 className={times.day}>{day}</h3>
            <ul className={times.times}>
              {ats.map((at) => {
                const { care } = bothClocks(at, language);
                return (
                  <li key={at}>
                    <Button
                      aria-pressed={at === startsAt}
                      aria-label={t('slots.take', { day, time: care })}
                      onClick={() => setStartsAt(at)}
                    >
                      {care}
                    </Button>
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
      </div>
      {startsAt && (
        <Button look="primary" wide disabled={busy} icon={<CalendarPlus aria-hidden size={22} />} onClick={() => void book()}>
          {t('ownBook.take', { when: `${dayOf(startsAt, language)} ${t('today.at', { time: bothClocks(startsAt, language).care })}` })}
        </Button>
      )}
    </>
  );
}
