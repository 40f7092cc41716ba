import { KeyRound } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { IssuedCode } from '../../contract/codes.ts';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { openBook, useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSession } from '../visit/useVisit.ts';
import css from './RoomPage.module.css';
import { isStaff } from './roles.ts';

const Code = lazy(async () => {
  const [codes] = await Promise.all([import('../office/Codes.tsx'), openBook('office')]);
  return { default: codes.Code };
});

/** Somebody types wrong codes: it rings, and one press makes a new one to be given by telephone. */
export default function Troubled({ snapshot: { people, you } }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const nameOf = useNameOf();
  const [issued, setIssued] = useState<IssuedCode | null>(null);
  const [busy, setBusy] = useState(false);
  const [seen, setSeen] = useState<Record<string, number>>({}); // how many wrong codes were put aside, by person
  const renew = (participantId: string): void => {
    setBusy(true);
    void session
      .newCode(participantId)
      .then((code) => code && setIssued(code))
      .finally(() => setBusy(false));
  };
  if (!isStaff(you.role)) return null;
  return (
    <>
      {people
        .filter(({ id, failedCodes, status }) => failedCodes > (seen[id] ?? 0) && status !== 'removed')
        .map((person) => (
          <div key={person.id} className={css.banner} role="status">
            <p>
              <KeyRound aria-hidden size={22} /> {t('codes.trouble', { name: nameOf(person) })}
            </p>
            <Button look="primary" disabled={busy} onClick={() => renew(person.id)}>
              {t('codes.newFor', { name: nameOf(person) })}
            </Button>
            <Button onClick={() => setSeen({ ...seen, [person.id]: person.failedCodes })}>{t('codes.putAside')}</Button>
          </div>
        ))}
      {issued && (
        <div className={css.issued} role="status">
          <Suspense>
            <Code issued={issued} />
          </Suspense>
          <Button onClick={() => setIssued(null)}>{t('app.close')}</Button>
        </div>
      )}
    </>
  );
}
