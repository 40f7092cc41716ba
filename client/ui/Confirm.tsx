import type { ReactNode } from 'react';
import { DialogFrame } from './DialogFrame.tsx';

/** Asks before something that cannot be taken back. Escape and Cancel change nothing. */
export function Confirm({ title, text, onClose, children }: { title: string; text: string; onClose: () => void; children: ReactNode }) {
  return (
    <DialogFrame title={title} role="alertdialog" onClose={onClose} buttons={children}>
      <p>{text}</p>
    </DialogFrame>
  );
}
