import { MessageCircleQuestion } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';

const AskDialog = lazy(() => import('./AskDialog.tsx'));

/** Asks a specialist into this visit, for a question and with the patient's yes. */
export function AskSpecialist({ visitId }: { visitId: string }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [sentTo, setSentTo] = useState<string | null>(null);
  return (
    <>
      <Button icon={<MessageCircleQuestion aria-hidden size={20} />} onClick={() => setOpen(true)}>
        {t('referral.ask')}
      </Button>
      {sentTo && <Notice>{t('referral.sent', { name: sentTo })}</Notice>}
      <Suspense>{open && <AskDialog visitId={visitId} onClose={() => setOpen(false)} onSent={setSentTo} />}</Suspense>
    </>
  );
}
