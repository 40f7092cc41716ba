import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { useSession } from '../visit/useVisit.ts';

/** The host leaves the room to the others, or ends it for all. */
export default function LeaveDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const session = useSession();
  return (
    <Confirm title={t('people.leaveTitle')} text={t('people.leaveText')} onClose={onClose}>
      <Button onClick={() => void session.leave()}>{t('people.leaveOnly')}</Button>
      <Button look="danger" onClick={() => void session.end()}>
        {t('people.end')}
      </Button>
    </Confirm>
  );
}
