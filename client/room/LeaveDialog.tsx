import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { useSession } from '../visit/useVisit.ts';

/** Leaves the room to the others, or ends it for all: the host, and without a reason the patient and those beside them. */
export default function LeaveDialog({ host, emergency, onClose }: { host: boolean; emergency: boolean; onClose: () => void }) {
  const { t } = useWords();
  const session = useSession();
  return (
    <Confirm
      title={t('people.leaveTitle')}
      text={t(emergency ? 'people.emergencyText' : host ? 'people.leaveText' : 'people.stopText')}
      onClose={onClose}
    >
      <Button onClick={() => void session.leave()}>{t('people.leaveOnly')}</Button>
      {!emergency && (
        <Button
          look="danger"
          onClick={() => {
            onClose();
            void session.perform(host ? 'visit:end' : 'visit:stop', {});
          }}
        >
          {t(host ? 'people.end' : 'people.stop')}
        </Button>
      )}
    </Confirm>
  );
}
