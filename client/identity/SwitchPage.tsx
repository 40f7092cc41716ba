import { Navigate, useNavigate } from 'react-router';
import { homeOf, useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Refused } from '../start/Refused.tsx';
import { Account } from '../start/StartPage.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Page } from '../ui/Page.tsx';
import { SwitchUser } from './SwitchUser.tsx';

/** Somebody else takes the device over: by PIN, or by a login of their own. The former's session stays, locked. */
export default function SwitchPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const me = useMe();
  if (me === undefined) return <Loading />;
  if (!me) return <Navigate to="/" replace />;
  return (
    <Page title={t('app.switch')} narrow>
      <Refused />
      <p>{t('switch.lead')}</p>
      <SwitchUser me={me} seat={null} onSwitched={(now) => void navigate(homeOf(now))} />
      <Account />
    </Page>
  );
}
