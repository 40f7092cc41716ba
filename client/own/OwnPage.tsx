import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Video } from 'lucide-react';
import { NavLink, useNavigate } from 'react-router';
import type { OwnVisit } from '../../contract/record.ts';
import { api } from '../app/api.ts';
import { bothClocks, dateOf, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Fetched, Office } from '../office/Office.tsx';
import { useListChanges } from '../office/useListChanges.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { useNameOf, useRoleAndPlace } from '../ui/person.ts';
import { UnitPhone } from '../visit/UnitPhone.tsx';
import { AskForVisit } from './AskForVisit.tsx';
import own from './OwnPage.module.css';

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
            <Part title={t('own.coming')} none={t('own.noneComing')} visits={next} />
            <AskForVisit />
            <Part title={t('own.past')} none={t('own.nonePast')} visits={past} />
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
        <span className={css.badge}>{t(`state.${visit.state}`)}</span>
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
      {visit.mayEnter && (
        <Button look="primary" wide icon={<Video aria-hidden size={22} />} onClick={() => void navigate(`/visits/${visit.id}`)}>
          {t('today.start')}
        </Button>
      )}
      <UnitPhone unit={visit.unit} />
    </article>
  );
}
