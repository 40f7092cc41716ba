import { useEffect, useRef, useState } from 'react';
import type { Bystander, ParticipantView, Presence, VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { useNameOf } from '../ui/person.ts';

type Told = 'joined' | 'left' | 'fellOut' | 'back' | 'aside';

/** What a change of presence is told as; null if it is not worth telling. */
function toldOf(before: Presence | undefined, { presence: now, aside }: Pick<ParticipantView, 'presence' | 'aside'>): Told | null {
  if (before === now) return null;
  if (now === 'room') return before === 'returning' ? 'back' : 'joined';
  if (now === 'returning') return before === 'room' ? 'fellOut' : null;
  const gone = before === 'room' || before === 'returning';
  return gone ? (aside ? 'aside' : 'left') : null; // who takes no part in an item has not left the meeting
}

const without = (some: readonly Bystander[], others: readonly Bystander[]): Bystander[] =>
  some.filter(({ id }) => !others.some((other) => other.id === id));

/** Says aloud, for those who do not see it, who comes and goes. */
export function Announcements({ snapshot }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const nameOf = useNameOf();
  const before = useRef<VisitSnapshot | null>(null);
  const [words, setWords] = useState('');
  useEffect(() => {
    const former = new Map(before.current?.people.map((person) => [person.id, person]));
    const wereBeside = before.current?.bystanders ?? [];
    const first = before.current === null;
    before.current = snapshot;
    if (first) return;
    const news = snapshot.people
      .filter(({ id }) => id !== snapshot.you.id)
      .flatMap((person) => {
        const told = toldOf(former.get(person.id)?.presence, person);
        return told ? [t(`told.${told}`, { name: nameOf(person) })] : [];
      });
    const come = without(snapshot.bystanders, wereBeside).map(({ name }) => t('told.joined', { name }));
    const gone = without(wereBeside, snapshot.bystanders).map(({ name }) => t('told.left', { name }));
    const all = [...news, ...come, ...gone];
    if (all.length > 0) setWords(all.join('. '));
  }, [snapshot, t, nameOf]);
  return (
    <p className="visually-hidden" role="status">
      {words}
    </p>
  );
}
