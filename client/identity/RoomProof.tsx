import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Confirm.module.css';
import { useSession } from '../visit/useVisit.ts';
import { ProofForm } from './ProofForm.tsx';
import { SwitchUser } from './SwitchUser.tsx';

/** Inside a visit: opens what has locked, or hands the device and the seat to a colleague. The call goes on behind it. */
export default function RoomProof({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const me = useMe();
  const session = useSession();
  if (!me) return null;
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(open) => !open && onClose()} className={css.overlay ?? ''}>
      <Modal className={css.modal ?? ''}>
        <Dialog className={css.dialog ?? ''}>
          <Heading slot="title">{t(me.locked ? 'locked.title' : 'app.switch')}</Heading>
          {me.locked && <ProofForm me={me} onProved={onClose} byProvider={!me.hasPin && !(me.local && me.level < 3)} />}
          {me.kind === 'staff' && <SwitchUser me={me} seat={{ visitId: session.visitId, tabId: session.tabId }} onSwitched={onClose} />}
          <div className={css.buttons}>
            <Button look="quiet" onClick={onClose}>
              {t('app.cancel')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
