import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Video } from 'lucide-react';
import { NavLink, useNavigate } from 'react-router';
import type { OwnVisit } from '../../contract/record.ts';
import { api } from '../app/api.ts';
import { bothClocks, dateOf, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Conversation } from '../conversation/Conversation.tsx';
import { VisitForm } from '../forms/VisitForm.tsx';
import { Fetched, Office } from '../office/Office.tsx';
import { OwnFeed } from '../office/OwnFeed.tsx';
import { useListChanges } from '../office/useListChanges.ts';
import { OpenLines, OwnPlaces } from '../queue/OwnQueue.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf, useRoleAndPlace } from '../ui/person.ts';
import { SayLate } from '../visit/SayLate.tsx';
import { UnitPhone } from '../visit/UnitPhone.tsx';
import { AskForVisit } from './AskForVisit.tsx';
import { BookOwn } from './BookOwn.tsx';
import own from './OwnPage.module.css';
import { OwnPlans } from './OwnPlans.tsx';

/** The patient's own page: what is coming, and what was said and agreed. */
export default function OwnPage() {
  const { t } = useWords();
  return (
    <Office title={t('own.title')} for="ownPage" narrow>
      <Visits />
    </Office>
  );
}

const coming: OwnVisit['state'][] = ['requested', 'triaged', 'booked', 'checked_in', 'waiting', 'in_progress'];

function Visits() {
  const { t } = useWords();
  const queries = useQueryClient();
  const visits = useQuery({ queryKey: ['own'], queryFn: () => api('GET /api/my/visits') });
  useListChanges(() => void queries.invalidateQueries({ queryKey: ['own'] }));
  return (
    <Fetched of={visits}>
      {(all) => {
        const next = all.filter(({ state }) => coming.includes(state)).reverse();
        const past = all.filter(({ state }) => !coming.includes(state));
        return (
          <>
            <OwnPlaces />
            <OwnPlans />
            <Part title={t('own.coming')} none={t('own.noneComing')} visits={next} />
            <BookOwn />
            <OpenLines />
            <AskForVisit />
            <Part title={t('own.past')} none={t('own.nonePast')} visits={past} />
            <OwnFeed />
            <nav className={own.tools} aria-label={t('own.more')}>
              <NavLink to="/my-consents">{t('consent.mine')}</NavLink>
              <NavLink to="/my-accesses">{t('accesses.title')}</NavLink>
            </nav>
          </>
        );
      }}
    </Fetched>
  );
}

function Part({ title, none, visits }: { title: string; none: string; visits: OwnVisit[] }) {
  return (
    <section className={own.part} aria-label={title}>
      <h2>{title}</h2>
      {visits.length === 0 && <p>{none}</p>}
      {visits.map((visit) => (
        <Visit key={visit.id} visit={visit} />
      ))}
    </section>
  );
}

/** Coming, or so recent that there may be more to say of it. */
const isRecent = ({ state, startsAt }: OwnVisit): boolean =>
  state !== 'requested' && state !== 'triaged' && Date.now() - Date.parse(startsAt) < 60 * 24 * 3_600_000;

/** From some hours before, until it has begun or should be over. */
const isNear = ({ state, startsAt, durationMinutes }: OwnVisit): boolean => {
  const untilMs = Date.parse(startsAt) - Date.now();
  const before = state === 'booked' || state === 'checked_in' || state === 'waiting';
  return before && untilMs < 6 * 3_600_000 && untilMs > -durationMinutes * 60_000;
};

function Visit({ visit }: { visit: OwnVisit }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const nameOf = useNameOf();
  const roleAndPlace = useRoleAndPlace();
  const { care, here } = bothClocks(visit.startsAt, language);
  const people = visit.people.map((person) => (person.name ? `${nameOf(person)}, ${roleAndPlace(person)}` : nameOf(person)));
  const untimed = visit.state === 'requested' || visit.state === 'triaged';
  const id = `own-${visit.id}`;
  return (
    <article className={css.card} aria-labelledby={id}>
      <h3 id={id}>{untimed ? t('own.untimed') : `${dayOf(visit.startsAt, language)} ${t('today.at', { time: care })}`}</h3>
      {here && !untimed && <p>{t('today.yourTime', { time: here })}</p>}
      <p>
        <span className={css.badge}>{t(visit.preliminary ? 'own.preliminary' : untimed ? 'state.requested' : `state.${visit.state}`)}</span>{' '}
        {t(`contact.${visit.modality}`)}
      </p>
      {people.length > 0 && <p>{t(coming.includes(visit.state) ? 'own.with' : 'own.was', { names: people.join(' · ') })}</p>}
      {visit.agreed && (
        <div className={own.agreed}>
          <h4>{t('record.agreed')}</h4>
          <p>{visit.agreed}</p>
        </div>
      )}
      {(visit.followUp || visit.followUpOwner) && (
        <div className={own.agreed}>
          <h4>{t('own.next')}</h4>
          <p>
            {visit.followUp} {visit.followUpOn && dateOf(visit.followUpOn, language)}
          </p>
          {visit.followUpOwner && <p>{t('own.owner', { name: visit.followUpOwner })}</p>}
        </div>
      )}
      {visit.late.care !== null && <Notice>{t('late.care', { count: visit.late.care })}</Notice>}
      {isNear(visit) && <SayLate visitId={visit.id} minutes={visit.late.patient} side="patient" />}
      {visit.mayEnter && !visit.preliminary && (
        <Button look="primary" wide icon={<Video aria-hidden size={22} />} onClick={() => void navigate(`/visits/${visit.id}`)}>
          {t('today.start')}
        </Button>
      )}
      {isRecent(visit) && <VisitForm visitId={visit.id} mine />}
      {isRecent(visit) && <Conversation visitId={visit.id} mine />}
      <UnitPhone unit={visit.unit} />
    </article>
  );
}
