import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../app/words.ts';
import { Button } from './Button.tsx';
import css from './Confirm.module.css';

type Props = {
  title: string;
  role?: 'dialog' | 'alertdialog';
  wide?: boolean; // for pictures
  onClose: () => void;
  cancel?: string;
  buttons?: ReactNode;
  children: ReactNode;
};

/** A dialog over the page. Escape, a press beside it and its last button close it and change nothing. */
export function DialogFrame({ title, role = 'dialog', wide = false, onClose, cancel, buttons, children }: Props) {
  const { t } = useWords();
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={(open) => !open && onClose()} className={css.overlay ?? ''}>
      <Modal className={`${css.modal} ${wide ? css.wide : ''}`}>
        <Dialog role={role} className={css.dialog ?? ''}>
          <Heading slot="title">{title}</Heading>
          {children}
          <div className={css.buttons}>
            {buttons}
            <Button look="quiet" onClick={onClose}>
              {cancel ?? t('app.cancel')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
