import { ArrowRight, CircleCheck, CircleDashed, X } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { BeginStep, VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import panel from '../room/PeoplePanel.module.css';
import { Button } from '../ui/Button.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSession } from '../visit/useVisit.ts';
import { InterpreterStep } from './InterpreterStep.tsx';
import css from './PatientPanel.module.css';
import { RoomNote } from './RoomNote.tsx';

const Referrals = lazy(() => import('../referrals/Referrals.tsx'));

/** What staff see to with the patient: before it starts three things, then the note. */
export default function PatientPanel({ snapshot, onClose }: { snapshot: VisitSnapshot; onClose: () => void }) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const begun = snapshot.state === 'in_progress';
  return (
    <aside className={panel.panel} aria-label={t('begin.panel')}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {t(begun ? 'begin.panel' : 'begin.title')}
        </h2>
        <button type="button" className={panel.close} aria-label={t('app.close')} onClick={onClose}>
          <X aria-hidden size={26} />
        </button>
      </header>
      <Suspense>
        {snapshot.people.some(({ answers }) => answers !== null) && <Referrals visitId={snapshot.visitId} people={snapshot.people} />}
      </Suspense>
      {!begun && <Steps snapshot={snapshot} />}
      <RoomNote visitId={snapshot.visitId} />
      {begun && <Whereabouts snapshot={snapshot} />}
    </aside>
  );
}

function Steps({ snapshot }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const { missing } = snapshot;
  const done = (...steps: BeginStep[]): boolean => !steps.some((step) => missing.includes(step));
  return (
    <>
      <ol className={css.steps}>
        <Step done={done('identity')} title={t('begin.identity')}>
          <Identity snapshot={snapshot} />
        </Step>
        <Step done={done('roster')} title={t('begin.roster')}>
          <Roster snapshot={snapshot} />
        </Step>
        <Step done={done('address', 'callbackPhone')} title={t('begin.address')}>
          <Whereabouts snapshot={snapshot} />
        </Step>
        {snapshot.interpreter && (
          <Step done={done('interpreter')} title={t('interpreter.title')}>
            <InterpreterStep snapshot={snapshot} interpreter={snapshot.interpreter} />
          </Step>
        )}
      </ol>
      <div className={css.start}>
        <Button
          look="primary"
          wide
          disabled={missing.length > 0}
          icon={<ArrowRight aria-hidden size={22} />}
          onClick={() => void session.perform('visit:begin', {})}
        >
          {t('begin.start')}
        </Button>
        {missing.length > 0 && <p className={panel.soft}>{t('begin.left', { count: missing.length })}</p>}
      </div>
    </>
  );
}

function Step({ done, title, children }: { done: boolean; title: string; children: React.ReactNode }) {
  const { t } = useWords();
  const Sign = done ? CircleCheck : CircleDashed;
  return (
    <li className={css.step} data-done={done}>
      <h3>
        <Sign aria-hidden size={24} /> {title} <span className="visually-hidden">{t(done ? 'begin.isDone' : 'begin.isLeft')}</span>
      </h3>
      {children}
    </li>
  );
}

function Identity({ snapshot }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const { identity, patient } = snapshot;
  return (
    <>
      <p>{t('begin.identityAsk', { name: patient?.name ?? '', year: patient?.birthYear ?? '' })}</p>
      <div className={css.buttons}>
        {(['knownToStaff', 'documentShown', 'eId'] as const).map((method) => (
          <Button
            key={method}
            aria-pressed={identity?.method === method}
            onClick={() => void session.perform('visit:identity', { method })}
          >
            {t(`identity.${method}`)}
          </Button>
        ))}
      </div>
    </>
  );
}

function Roster({ snapshot: { people, bystanders, missing } }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const nameOf = useNameOf();
  const here = people.filter(
    ({ presence, role, seat }) => (presence === 'room' || presence === 'returning') && role !== 'patient' && seat === 'own',
  );
  const present = [...here.map((one) => ({ id: one.id, name: nameOf(one) })), ...bystanders];
  return (
    <>
      <p>{t('begin.rosterAsk', { names: present.map(({ name }) => name).join(' · ') })}</p>
      {missing.includes('roster') && (
        <Button onClick={() => void session.perform('visit:acknowledge', { ids: present.map(({ id }) => id) })}>{t('roster.knows')}</Button>
      )}
    </>
  );
}

/** Where 112 finds the patient. Of a protected identity it is shown in an emergency alone. */
function Whereabouts({ snapshot: { whereabouts, missing, visitId } }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const lacks = missing.includes('address') || missing.includes('callbackPhone');
  return (
    <>
      {whereabouts ? (
        <p className={css.whereabouts}>
          {[whereabouts.address, whereabouts.entrance, whereabouts.callbackPhone].filter(Boolean).join('\n') || t('begin.addressNone')}
        </p>
      ) : (
        <p>{t('book.addressProtected')}</p>
      )}
      {lacks && (
        <p>
          <Link to={`/visits/${visitId}/record`} target="_blank">
            {t('begin.addressFill')}
          </Link>
        </p>
      )}
    </>
  );
}
