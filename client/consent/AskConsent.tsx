import { UserCheck } from 'lucide-react';
import { useState } from 'react';
import type { ParticipantView } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSession, useView } from '../visit/useVisit.ts';
import { BasisFields, ownBasis, wrongBasis } from './BasisFields.tsx';

type Props = { person: ParticipantView; admits: boolean; onClose: () => void };

/** Before somebody close comes in: has the patient said yes? One press says so and lets them in. */
export default function AskConsent({ person, admits, onClose }: Props) {
  const { t, hasWords } = useWords();
  const session = useSession();
  const { problem } = useView(session);
  const name = useNameOf()(person);
  const [basis, setBasis] = useState(ownBasis);
  const [wrong, setWrong] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const participantId = person.id;
  const give = async (): Promise<void> => {
    const field = wrongBasis(basis);
    setWrong(field);
    if (field) return;
    setBusy(true);
    const given = await session.perform('consent:give', { participantId, ...basis });
    const done = given && (!admits || (await session.perform('people:admit', { participantId })));
    setBusy(false);
    setFailed(!done);
    if (done) onClose();
  };
  const errorOf = (field: string): string | undefined =>
    wrong === field && hasWords(`field.${field}`) ? t(`field.${field}` as 'field.code') : undefined;
  return (
    <DialogFrame
      title={t('consent.askTitle', { name })}
      onClose={onClose}
      cancel={t('consent.no')}
      buttons={
        <Button look="primary" disabled={busy} icon={<UserCheck aria-hidden size={22} />} onClick={() => void give()}>
          {t(admits ? 'consent.yesAdmit' : 'consent.yes')}
        </Button>
      }
    >
      <p>{t('consent.askText', { name })}</p>
      <BasisFields basis={basis} onChange={setBasis} guardians={[]} errorOf={errorOf} />
      {failed && problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
    </DialogFrame>
  );
}
