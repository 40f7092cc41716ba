import { BellRing, ClipboardPen, KeyRound, Siren, Video } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { IssuedCode } from '../../contract/codes.ts';
import type { ParticipantView, VisitListed } from '../../contract/visits.ts';
import { api, codeOf } from '../app/api.ts';
import { bothClocks, minutesSince } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Code } from '../office/Codes.tsx';
import { PatientLine } from '../office/PatientLine.tsx';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf } from '../ui/person.ts';
import { SayLate } from '../visit/SayLate.tsx';
import css from './TodayPage.module.css';
import { useNow } from './useToday.ts';

const openStates: VisitListed['state'][] = ['booked', 'checked_in', 'waiting', 'in_progress'];

/** Those who stand before the door of a visit that can be entered. */
export const waitersOf = ({ state, people }: VisitListed): ParticipantView[] =>
  openStates.includes(state) ? people.filter(({ status, presence }) => status === 'waiting' && presence === 'lobby') : [];

/** From an hour before, until it has begun. */
const mayBeLate = ({ state, startsAt }: VisitListed, now: number): boolean =>
  (state === 'booked' || state === 'checked_in' || state === 'waiting') && Date.parse(startsAt) - now < 3_600_000;

export function VisitCard({ visit }: { visit: VisitListed }) {
  const { t, language } = useWords();
  const nameOf = useNameOf();
  const now = useNow();
  const { care, here } = bothClocks(visit.startsAt, language);
  const open = openStates.includes(visit.state);
  const inRoom = visit.people.filter(({ seat, presence }) => seat === 'own' && (presence === 'room' || presence === 'returning'));
  const [issued, setIssued] = useState<IssuedCode | null>(null); // shown until it is closed: it cannot be had again
  const waiting = waitersOf(visit);
  const troubled = open ? visit.people.filter(({ failedCodes, status }) => failedCodes > 0 && status === 'invited') : [];
  const minutes = visit.waitingSince ? minutesSince(visit.waitingSince, now) : null;
  return (
    <article className={`${css.card} ${waiting.length > 0 || visit.emergency ? css.ringing : ''}`} aria-labelledby={`visit-${visit.id}`}>
      <p className={css.time}>
        <time dateTime={visit.startsAt}>{care}</time>
        {here && <span>{t('today.yourTime', { time: here })}</span>}
      </p>
      <div className={css.what}>
        <h3 id={`visit-${visit.id}`}>
          <Link to={`/visits/${visit.id}/record`}>{visit.patient.name}</Link>
        </h3>
        <PatientLine patient={visit.patient} synthetic={visit.synthetic} named={false} />
        <p className={css.soft}>
          <span className={css.state}>{t(visit.preliminary && open ? 'interpreter.preliminaryBadge' : `state.${visit.state}`)}</span>
          {open && !visit.preliminary && visit.interpreter?.number === null && <strong>{t('interpreter.unconfirmed')} </strong>}
          {minutes !== null && <strong>{minutes >= 1 ? t('today.waitsSince', { count: minutes }) : t('today.waitsNow')} </strong>}
          {open && (inRoom.length > 0 ? t('today.inRoom', { names: inRoom.map(nameOf).join(' · ') }) : t('today.nobody'))}
        </p>
      </div>
      <Next visit={visit} quiet={waiting.length > 0} />
      {mayBeLate(visit, now) && (
        <div className={css.late}>
          {visit.late.patient !== null && (
            <p>
              <strong>{t('late.patient', { count: visit.late.patient })}</strong>
            </p>
          )}
          <SayLate visitId={visit.id} minutes={visit.late.care} side="care" />
        </div>
      )}
      {visit.emergency && (
        <p className={`${css.waiting} ${css.emergency}`} role="alert">
          <Siren aria-hidden size={24} /> {t('today.emergency')}
        </p>
      )}
      {waiting.map((person) => (
        <Waiting key={person.id} visit={visit} person={person} />
      ))}
      {troubled.map((person) => (
        <Troubled key={person.id} visit={visit} person={person} onIssued={setIssued} />
      ))}
      {issued && (
        <div className={css.issued} role="status">
          <Code issued={issued} />
          <Button onClick={() => setIssued(null)}>{t('app.close')}</Button>
        </div>
      )}
    </article>
  );
}

/** The one thing to do next with this visit. */
function Next({ visit, quiet }: { visit: VisitListed; quiet: boolean }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const name = visit.patient.name;
  if (visit.mine && openStates.includes(visit.state))
    return (
      <Button
        look={quiet ? 'plain' : 'primary'}
        icon={<Video aria-hidden size={22} />}
        aria-label={t('today.startName', { name })}
        onClick={() => void navigate(`/visits/${visit.id}`)}
      >
        {t('today.start')}
      </Button>
    );
  const documents = visit.state === 'documenting';
  return (
    <Button
      look={documents ? 'primary' : 'plain'}
      icon={<ClipboardPen aria-hidden size={22} />}
      aria-label={t(documents ? 'today.documentName' : 'today.showName', { name })}
      onClick={() => void navigate(`/visits/${visit.id}/record`)}
    >
      {t(documents ? 'today.document' : 'today.show')}
    </Button>
  );
}

/** A line that rings: what has happened, and the press that answers it. */
function Ringing({ icon, children, act, label }: { icon: ReactNode; children: ReactNode; act: () => Promise<unknown>; label: string }) {
  const { t } = useWords();
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const [busy, setBusy] = useState(false);
  const run = (): void => {
    setProblem(null);
    setBusy(true);
    act()
      .catch((error: unknown) => setProblem(codeOf(error)))
      .finally(() => setBusy(false));
  };
  return (
    <div className={css.waiting} role="status">
      {icon}
      {children}
      <Button look="primary" disabled={busy} onClick={run}>
        {label}
      </Button>
      {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
    </div>
  );
}

function Waiting({ visit, person }: { visit: VisitListed; person: ParticipantView }) {
  const { t } = useWords();
  const now = useNow();
  const name = useNameOf()(person);
  const minutes = minutesSince(person.waitingSince ?? '', now);
  // The patient is asked by somebody who is with them: in the visit.
  if (person.consent === 'missing') return <AsksConsent visit={visit} name={name} />;
  return (
    <Ringing
      icon={<BellRing aria-hidden size={24} />}
      label={t('today.admit', { name })}
      act={() => api('POST /api/visits/:visitId/admit', { params: { visitId: visit.id }, body: { participantId: person.id } })}
    >
      <p>
        <strong>{t('today.waits', { name })}</strong> {minutes >= 1 ? t('today.waitsSince', { count: minutes }) : t('today.waitsNow')}
      </p>
    </Ringing>
  );
}

function AsksConsent({ visit, name }: { visit: VisitListed; name: string }) {
  const { t } = useWords();
  return (
    <div className={css.waiting} role="status">
      <BellRing aria-hidden size={24} />
      <p>
        <strong>{t('today.waits', { name })}</strong> {t('consent.askInside')}{' '}
        <Link to={visit.mine ? `/visits/${visit.id}` : `/visits/${visit.id}/record`}>{t(visit.mine ? 'today.start' : 'today.show')}</Link>
      </p>
    </div>
  );
}

/** Somebody, perhaps not the right one, types wrong codes. One press makes a new one, to be given by telephone. */
function Troubled({ visit, person, onIssued }: { visit: VisitListed; person: ParticipantView; onIssued: (issued: IssuedCode) => void }) {
  const { t } = useWords();
  const name = useNameOf()(person);
  const params = { visitId: visit.id, participantId: person.id };
  return (
    <Ringing
      icon={<KeyRound aria-hidden size={24} />}
      label={t('codes.newFor', { name })}
      act={async () => onIssued(await api('POST /api/visits/:visitId/people/:participantId/code', { params }))}
    >
      <p>
        <strong>{t('codes.trouble', { name })}</strong> {t('codes.failures', { count: person.failedCodes })}
      </p>
    </Ringing>
  );
}
