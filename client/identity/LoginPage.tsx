import { Navigate } from 'react-router';
import { mustEnrol, useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Loading } from '../ui/Loading.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import { OneTimeCodes } from './OneTimeCodes.tsx';
import { OwnPin } from './OwnPin.tsx';
import { OwnSessions } from './OwnSessions.tsx';

/** How one logs in, and where one is logged in. */
export default function LoginPage() {
  const { t } = useWords();
  const me = useMe();
  if (me === undefined) return <Loading />;
  if (!me || me.onlyVisitId !== null) return <Navigate to="/" replace />;
  const enrol = mustEnrol(me);
  return (
    <Page title={t('app.myLogin')} narrow>
      {enrol && <Notice>{t('totp.must')}</Notice>}
      {me.kind === 'staff' && me.local && <OneTimeCodes me={me} />}
      {me.kind === 'staff' && !enrol && <OwnPin me={me} />}
      <OwnSessions />
    </Page>
  );
}
