import { type ReactNode, useRef, useState } from 'react';
import { codeOf } from '../app/api.ts';
import { useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { ProofForm } from './ProofForm.tsx';

/** Runs what takes a fresh proof of who one is: if the server asks for it, so does a dialog, and then it is run again. */
export function useProof(): { proving: <T>(task: () => Promise<T>) => Promise<T>; dialog: ReactNode } {
  const { t } = useWords();
  const me = useMe();
  const [open, setOpen] = useState(false);
  const answer = useRef<(proved: boolean) => void>(() => undefined);
  const close = (proved: boolean): void => {
    setOpen(false);
    answer.current(proved);
  };
  const proving = async <T,>(task: () => Promise<T>): Promise<T> => {
    try {
      return await task();
    } catch (error) {
      if (codeOf(error) !== 'prove_again') throw error;
      const proved = await new Promise<boolean>((resolve) => {
        answer.current = resolve;
        setOpen(true);
      });
      if (!proved) throw error;
      return task();
    }
  };
  const dialog = open && me && (
    <DialogFrame title={t('proof.title')} onClose={() => close(false)}>
      <p>{t('proof.lead')}</p>
      <ProofForm me={me} onProved={() => close(true)} byProvider={me.level >= 3} />
    </DialogFrame>
  );
  return { proving, dialog };
}
