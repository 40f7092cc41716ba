import { BellRing, MapPin, Video } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { ParticipantView, VisitListed } from '../../contract/visits.ts';
import { api, codeOf } from '../app/api.ts';
import { bothClocks, minutesSince } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf } from '../ui/person.ts';
import css from './TodayPage.module.css';
import { useNow } from './useToday.ts';

const openStates: VisitListed['state'][] = ['booked', 'checked_in', 'waiting', 'in_progress'];

export function VisitCard({ visit }: { visit: VisitListed }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const nameOf = useNameOf();
  const { care, here } = bothClocks(visit.startsAt, language);
  const open = openStates.includes(visit.state);
  const inRoom = visit.people.filter(({ seat, presence }) => seat === 'own' && (presence === 'room' || presence === 'returning'));
  const waiting = visit.people.filter(({ status, presence }) => status === 'waiting' && presence === 'lobby');
  return (
    <article className={`${css.card} ${waiting.length > 0 ? css.ringing : ''}`} aria-labelledby={`visit-${visit.id}`}>
      <p className={css.time}>
        <time dateTime={visit.startsAt}>{care}</time>
        {here && <span>{t('today.yourTime', { time: here })}</span>}
      </p>
      <div className={css.what}>
        <h2 id={`visit-${visit.id}`}>{visit.patientName}</h2>
        <p className={css.place}>
          <MapPin aria-hidden size={18} /> {visit.place}
        </p>
        <p className={css.soft}>
          <span className={css.state}>{t(`state.${visit.state}`)}</span>
          {open && (inRoom.length > 0 ? t('today.inRoom', { names: inRoom.map(nameOf).join(' · ') }) : t('today.nobody'))}
        </p>
      </div>
      {open && (
        <Button
          look={waiting.length > 0 ? 'plain' : 'primary'}
          icon={<Video aria-hidden size={22} />}
          onClick={() => void navigate(`/visits/${visit.id}`)}
        >
          {t(visit.state === 'in_progress' ? 'today.rejoin' : 'today.start')}
        </Button>
      )}
      {open && waiting.map((person) => <Waiting key={person.id} visit={visit} person={person} />)}
    </article>
  );
}

function Waiting({ visit, person }: { visit: VisitListed; person: ParticipantView }) {
  const { t } = useWords();
  const now = useNow();
  const name = useNameOf()(person);
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const minutes = minutesSince(person.waitingSince ?? '', now);
  const admit = (): void => {
    setProblem(null);
    api('POST /api/visits/:visitId/admit', { params: { visitId: visit.id }, body: { participantId: person.id } }).catch((error: unknown) =>
      setProblem(codeOf(error)),
    );
  };
  return (
    <div className={css.waiting} role="status">
      <BellRing aria-hidden size={24} />
      <p>
        <strong>{t('today.waits', { name })}</strong> {minutes >= 1 ? t('today.waitsSince', { count: minutes }) : t('today.waitsNow')}
      </p>
      <Button look="primary" onClick={admit}>
        {t('today.admit', { name })}
      </Button>
      {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
    </div>
  );
}
