import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ProviderView } from '../../contract/policy.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Fetched, Office } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { PolicyForm } from './PolicyForm.tsx';
import { ProviderForm } from './ProviderForm.tsx';
import { TryProvider } from './TryProvider.tsx';

/** What the installation demands of those who log in, and where they do. */
export default function InstallationPage() {
  const { t } = useWords();
  return (
    <Office title={t('app.installation')} for="installs">
      <Providers />
      <Demands />
    </Office>
  );
}

function Providers() {
  const { t } = useWords();
  const found = useQuery({ queryKey: ['providers'], queryFn: () => api('GET /api/providers') });
  const [editing, setEditing] = useState<ProviderView | 'new' | null>(null);
  return (
    <Card title={t('providers.title')} id="providers">
      <Fetched of={found}>
        {(list) => (
          <>
            {list.length === 0 && <p>{t('providers.none')}</p>}
            <ul className={css.list}>
              {list.map((one) => (
                <li key={one.id}>
                  <div className={css.grow}>
                    <p>
                      <strong>{one.name}</strong> <span className={css.badge}>{t(`providers.${one.audience}`)}</span>{' '}
                      {!one.enabled && <span className={`${css.badge} ${css.warn}`}>{t('providers.off')}</span>}
                    </p>
                    <p className={css.soft}>{one.issuer}</p>
                    <p className={css.soft}>
                      {t('providers.redirect')} {location.origin}/api/login/callback
                    </p>
                    <p className={css.soft}>
                      {t('providers.loggedOut')} {location.origin}/api/login/providers/{one.id}/logged-out
                    </p>
                  </div>
                  <TryProvider provider={one} />
                  <Button aria-label={t('providers.changeName', { name: one.name })} onClick={() => setEditing(one)}>
                    {t('edit.change')}
                  </Button>
                </li>
              ))}
            </ul>
            {editing ? (
              <ProviderForm
                key={editing === 'new' ? 'new' : editing.id}
                provider={editing === 'new' ? null : editing}
                onDone={() => setEditing(null)}
              />
            ) : (
              <div>
                <Button onClick={() => setEditing('new')}>{t('providers.add')}</Button>
              </div>
            )}
          </>
        )}
      </Fetched>
    </Card>
  );
}

function Demands() {
  const { t } = useWords();
  const found = useQuery({ queryKey: ['policy'], queryFn: () => api('GET /api/policy') });
  return (
    <Card title={t('policy.title')} id="policy">
      <Fetched of={found}>{(policy) => <PolicyForm policy={policy} />}</Fetched>
    </Card>
  );
}
