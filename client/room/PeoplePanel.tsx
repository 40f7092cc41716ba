import { ArrowLeftToLine, MicOff, Repeat, UserMinus, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ParticipantView, VisitSnapshot } from '../../contract/visits.ts';
import { useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import RoomProof from '../identity/RoomProof.tsx';
import { AskSpecialist } from '../referrals/AskSpecialist.tsx';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { useNameOf, useRoleAndPlace } from '../ui/person.ts';
import { useSession } from '../visit/useVisit.ts';
import { Admit } from './Admit.tsx';
import { Bystanders } from './Bystanders.tsx';
import { ConsentActions } from './ConsentActions.tsx';
import { GuestIdentity } from './GuestIdentity.tsx';
import css from './PeoplePanel.module.css';
import { isStaff } from './roles.ts';

/** Who is here, who waits, who is expected; and what the host may do about it. */
export default function PeoplePanel({ snapshot, onClose }: { snapshot: VisitSnapshot; onClose: () => void }) {
  const { t } = useWords();
  const me = useMe();
  const [switching, setSwitching] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { people, you } = snapshot;
  const here = people.filter(({ presence }) => presence === 'room' || presence === 'returning');
  const waiting = people.filter(({ status, presence }) => status === 'waiting' && presence === 'lobby');
  const expected = people.filter(
    (person) => person.status !== 'removed' && person.seat === 'own' && !here.includes(person) && !waiting.includes(person),
  );
  return (
    <aside className={css.panel} aria-label={t('people.title')}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {t('people.title')}
        </h2>
        <button type="button" className={css.close} aria-label={t('app.close')} onClick={onClose}>
          <X aria-hidden size={26} />
        </button>
      </header>
      <Group title={t('people.waiting')} people={waiting} all={people}>
        {(person) => isStaff(you.role) && <Admit person={person}>{t('people.admit')}</Admit>}
      </Group>
      <Group title={t('people.here')} people={here} all={people}>
        {(person) => (
          <>
            {isStaff(you.role) && <GuestIdentity person={person} />}
            {person.id !== you.id && <ConsentActions person={person} />}
            {you.host && person.id !== you.id && <HostActions person={person} />}
          </>
        )}
      </Group>
      <Bystanders snapshot={snapshot} />
      {isStaff(you.role) && <AskSpecialist visitId={snapshot.visitId} />}
      {me?.hasPin && isStaff(you.role) && (
        <Button icon={<Repeat aria-hidden size={20} />} onClick={() => setSwitching(true)}>
          {t('app.switch')}
        </Button>
      )}
      {switching && <RoomProof onClose={() => setSwitching(false)} />}
      <Group title={t('people.expected')} people={expected} all={people}>
        {(person) => <ConsentActions person={person} />}
      </Group>
    </aside>
  );
}

function Group({
  title,
  people,
  all,
  children,
}: {
  title: string;
  people: ParticipantView[];
  all: ParticipantView[];
  children: (person: ParticipantView) => ReactNode;
}) {
  const { t } = useWords();
  const nameOf = useNameOf();
  const roleAndPlace = useRoleAndPlace();
  const besideOf = ({ companionOf }: ParticipantView): string =>
    all
      .filter(({ id }) => id === companionOf)
      .map(nameOf)
      .join();
  if (people.length === 0) return null;
  return (
    <section className={css.group} aria-label={title}>
      <h3>
        {title} ({people.length})
      </h3>
      <ul>
        {people.map((person) => (
          <li key={person.id}>
            <p className={css.name}>
              {nameOf(person)} {person.host && <span className={css.host}>{t('people.host')}</span>}
            </p>
            {person.name && <p className={css.soft}>{roleAndPlace(person)}</p>}
            {person.companionOf && <p className={css.soft}>{t('room.silent', { name: besideOf(person) })}</p>}
            {children(person)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function HostActions({ person }: { person: ParticipantView }) {
  const { t } = useWords();
  const session = useSession();
  const name = useNameOf()(person);
  const [removing, setRemoving] = useState(false);
  return (
    <div className={css.actions}>
      {person.sending.includes('microphone') && (
        <Button
          icon={<MicOff aria-hidden size={20} />}
          aria-label={t('people.muteName', { name })}
          onClick={() => void session.perform('people:mute', { participantId: person.id })}
        >
          {t('people.mute')}
        </Button>
      )}
      <Button
        icon={<ArrowLeftToLine aria-hidden size={20} />}
        aria-label={t('people.toLobbyName', { name })}
        onClick={() => void session.perform('people:toLobby', { participantId: person.id })}
      >
        {t('people.toLobby')}
      </Button>
      <Button icon={<UserMinus aria-hidden size={20} />} aria-label={t('people.removeName', { name })} onClick={() => setRemoving(true)}>
        {t('people.remove')}
      </Button>
      {removing && (
        <Confirm title={t('people.removeTitle', { name })} text={t('people.removeText')} onClose={() => setRemoving(false)}>
          <Button look="danger" onClick={() => void session.perform('people:remove', { participantId: person.id })}>
            {t('people.remove')}
          </Button>
        </Confirm>
      )}
    </div>
  );
}
