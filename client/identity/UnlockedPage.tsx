import { useEffect } from 'react';
import { Link, useSearchParams } from 'react-router';
import { tellOtherPages } from '../app/otherPages.ts';
import { useWords } from '../app/words.ts';
import { Refused } from '../start/Refused.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';

/** The e-ID's own window comes back here: the page that asked for it goes on, and this one may close. */
export default function UnlockedPage() {
  const { t } = useWords();
  const [query] = useSearchParams();
  const refused = query.has('refused');
  useEffect(() => {
    if (refused) return;
    tellOtherPages('proved');
    window.close();
  }, [refused]);
  return (
    <Page title={t(refused ? 'unlocked.refused' : 'unlocked.title')} narrow>
      {refused ? <Refused /> : <Notice>{t('unlocked.lead')}</Notice>}
      {refused && <p>{t('unlocked.again')}</p>}
      <p>
        <Link to="/">{t('unlocked.onward')}</Link>
      </p>
    </Page>
  );
}
