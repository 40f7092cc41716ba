import { IdCard } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api, codeOf } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';

type Provider = { id: string; name: string; audience: 'staff' | 'resident' };

/** Where one can log in by e-ID; none while it is not known. */
export function useProviders(): Provider[] {
  const [providers, setProviders] = useState<Provider[]>([]);
  useEffect(() => {
    let gone = false;
    api('GET /api/login/providers').then(
      (found) => !gone && setProviders(found),
      () => undefined, // the other ways in are there
    );
    return () => {
      gone = true;
    };
  }, []);
  return providers;
}

type Props = { providers: Provider[]; purpose: 'login' | 'unlock'; look?: 'primary' | 'plain' };

/**
 * One button a provider: to log in, the browser goes there and comes back; to open what has locked, or to show again who
 * one is, a window of its own goes there, and the page stays with its call and what was typed.
 */
export function ProviderButtons({ providers, purpose, look = 'plain' }: Props) {
  const { t } = useWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const go = async (providerId: string): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const opened = purpose === 'unlock' ? window.open('', '_blank') : null; // at once, or it counts as not wanted
    if (opened) opened.opener = null;
    const place = opened?.location ?? location;
    try {
      const body = { purpose, ...(purpose === 'unlock' ? { returnTo: '/unlocked' } : {}) };
      place.assign((await api('POST /api/login/providers/:providerId', { params: { providerId }, body })).url);
    } catch (error) {
      opened?.close();
      setProblem(codeOf(error));
    }
    setBusy(place === location);
  };
  return (
    <>
      {problem && <Notice look="problem">{t(problem === 'conflict' ? 'start.providerSilent' : `error.${problem}`)}</Notice>}
      {providers.map(({ id, name }) => (
        <Button key={id} look={look} wide disabled={busy} icon={<IdCard aria-hidden size={22} />} onClick={() => void go(id)}>
          {t(purpose === 'login' ? 'start.logInWith' : 'start.proveWith', { name })}
        </Button>
      ))}
    </>
  );
}
