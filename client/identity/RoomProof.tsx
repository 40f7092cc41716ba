import { useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { DialogFrame } from '../ui/DialogFrame.tsx';
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
    <DialogFrame title={t(me.locked ? 'locked.title' : 'app.switch')} onClose={onClose}>
      {me.locked && <ProofForm me={me} onProved={onClose} byProvider={!me.hasPin && !(me.local && me.level < 3)} />}
      {me.kind === 'staff' && <SwitchUser me={me} seat={{ visitId: session.visitId, tabId: session.tabId }} onSwitched={onClose} />}
    </DialogFrame>
  );
}
