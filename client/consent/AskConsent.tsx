import { UserCheck } from 'lucide-react';
import { useState } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { ParticipantView } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Confirm.module.css';
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
    <ModalOverlay isOpen isDismissable onOpenChange={(open) => !open && onClose()} className={css.overlay ?? ''}>
      <Modal className={css.modal ?? ''}>
        <Dialog className={css.dialog ?? ''}>
          <Heading slot="title">{t('consent.askTitle', { name })}</Heading>
          <p>{t('consent.askText', { name })}</p>
          <BasisFields basis={basis} onChange={setBasis} guardians={[]} errorOf={errorOf} />
          {failed && problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
          <div className={css.buttons}>
            <Button look="primary" disabled={busy} icon={<UserCheck aria-hidden size={22} />} onClick={() => void give()}>
              {t(admits ? 'consent.yesAdmit' : 'consent.yes')}
            </Button>
            <Button look="quiet" onClick={onClose}>
              {t('consent.no')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
