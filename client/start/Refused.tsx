import { useSearchParams } from 'react-router';
import type { LoginRefusal } from '../../contract/identity.ts';
import { useWords } from '../app/words.ts';
import { Notice } from '../ui/Notice.tsx';

/** Why a login by e-ID led back here, and what to tell whoever helps. */
export function Refused() {
  const { t, hasWords } = useWords();
  const [query] = useSearchParams();
  const reason = query.get('refused');
  const support = query.get('support');
  if (!reason || !hasWords(`refused.${reason}`)) return null;
  return (
    <Notice look="problem">
      <p>{t(`refused.${reason as LoginRefusal}`)}</p>
      {support && reason !== 'denied' && /^[0-9A-F]{8}$/.test(support) && <p>{t('refused.support', { code: support })}</p>}
    </Notice>
  );
}
