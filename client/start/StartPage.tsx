import { Navigate, useParams, useSearchParams } from 'react-router';
import { homeOf, useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { ProviderButtons, useProviders } from '../identity/ProviderButtons.tsx';
import { Page } from '../ui/Page.tsx';
import { GuestForm } from './GuestForm.tsx';
import { LoginForm } from './LoginForm.tsx';
import { Refused } from './Refused.tsx';
import css from './StartPage.module.css';

/** The first page: log in, or come with a code. With an invitation's link the code alone is asked for. */
export default function StartPage() {
  const { t } = useWords();
  const { reference } = useParams();
  const [query] = useSearchParams();
  const me = useMe();
  if (me && me.onlyVisitId === null && !reference) return <Navigate to={query.has('refused') ? `/switch?${query}` : homeOf(me)} replace />;
  return (
    <Page title={t('start.title')}>
      <p className={css.lead}>{t('start.lead')}</p>
      <Refused />
      <div className={reference ? css.one : css.two}>
        <GuestForm reference={reference ?? ''} />
        {!reference && <Account />}
      </div>
    </Page>
  );
}

/** By e-ID where there is one; by name and password below. */
export function Account() {
  const { t } = useWords();
  const providers = useProviders();
  return (
    <section className={css.card} aria-labelledby="log-in">
      <h2 id="log-in">{t('start.staff')}</h2>
      {providers.length > 0 && (
        <>
          <ProviderButtons providers={providers} purpose="login" />
          <p className={css.or}>{t('start.or')}</p>
        </>
      )}
      <LoginForm />
    </section>
  );
}
