import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../app/words.ts';
import { Button } from './Button.tsx';
import css from './Confirm.module.css';

/** Asks before something that cannot be taken back. Escape and Cancel change nothing. */
export function Confirm({ title, text, onClose, children }: { title: string; text: string; onClose: () => void; children: ReactNode }) {
  const { t } = useWords();
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(open) => !open && onClose()} className={css.overlay ?? ''}>
      <Modal className={css.modal ?? ''}>
        <Dialog role="alertdialog" className={css.dialog ?? ''}>
          <Heading slot="title">{title}</Heading>
          <p>{text}</p>
          <div className={css.buttons}>
            {children}
            <Button look="quiet" onClick={onClose}>
              {t('app.cancel')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
