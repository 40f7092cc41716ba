import { Navigate, useParams } from 'react-router';
import { homeOf, useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Page } from '../ui/Page.tsx';
import { GuestForm } from './GuestForm.tsx';
import { LoginForm } from './LoginForm.tsx';
import css from './StartPage.module.css';

/** The first page: log in, or come with a code. With an invitation's link the code alone is asked for. */
export default function StartPage() {
  const { t } = useWords();
  const { reference } = useParams();
  const me = useMe();
  if (me && me.onlyVisitId === null && !reference) return <Navigate to={homeOf(me)} replace />;
  return (
    <Page title={t('start.title')}>
      <p className={css.lead}>{t('start.lead')}</p>
      <div className={reference ? css.one : css.two}>
        <GuestForm reference={reference ?? ''} />
        {!reference && <LoginForm />}
      </div>
    </Page>
  );
}
