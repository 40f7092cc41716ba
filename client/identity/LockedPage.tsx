import { useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Refused } from '../start/Refused.tsx';
import { Card } from '../ui/Card.tsx';
import { Page } from '../ui/Page.tsx';
import { ProofForm } from './ProofForm.tsx';
import { SwitchUser } from './SwitchUser.tsx';

/** Nobody touched anything for a while: what was open is not shown, and opens again where it was. */
export default function LockedPage() {
  const { t } = useWords();
  const me = useMe();
  if (!me) return null;
  return (
    <Page title={t('locked.title')} narrow>
      <Refused />
      <p>{t(me.locked === 'absolute' ? 'locked.absolute' : 'locked.lead')}</p>
      <Card title={me.name ?? t(`role.${me.assignments[0]?.role ?? me.choices[0]?.role ?? 'patient'}`)} id="proof">
        <ProofForm me={me} onProved={() => undefined} />
      </Card>
      {me.kind === 'staff' && <SwitchUser me={me} seat={null} onSwitched={() => undefined} />}
    </Page>
  );
}
