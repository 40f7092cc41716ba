import { useState } from 'react';
import type { ProviderView } from '../../contract/policy.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';

/** Does anybody answer there, as that issuer? */
export function TryProvider({ provider: { id, name } }: { provider: ProviderView }) {
  const { t } = useWords();
  const [answer, setAnswer] = useState<'trying' | 'answers' | 'silent' | null>(null);
  const run = (): void => {
    setAnswer('trying');
    api('POST /api/providers/:providerId/try', { params: { providerId: id } }).then(
      () => setAnswer('answers'),
      () => setAnswer('silent'),
    );
  };
  return (
    <>
      <Button disabled={answer === 'trying'} aria-label={t('providers.tryName', { name })} onClick={run}>
        {t('providers.try')}
      </Button>
      {answer === 'answers' && <Notice>{t('providers.answers')}</Notice>}
      {answer === 'silent' && <Notice look="problem">{t('providers.silent')}</Notice>}
    </>
  );
}
