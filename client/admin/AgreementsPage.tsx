import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AgreementView } from '../../contract/access.ts';
import { api } from '../app/api.ts';
import { dateOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Fetched, Office } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { AgreementForm } from './AgreementForm.tsx';

/** Which organisation gives care to whose people. */
export default function AgreementsPage() {
  const { t, language } = useWords();
  return (
    <Office title={t('agreements.title')} for="administers">
      <p>{t('agreements.lead')}</p>
      <Agreements language={language} />
    </Office>
  );
}

function Agreements({ language }: { language: ReturnType<typeof useWords>['language'] }) {
  const { t } = useWords();
  const found = useQuery({ queryKey: ['agreements'], queryFn: () => api('GET /api/agreements') });
  const [editing, setEditing] = useState<AgreementView | 'new' | null>(null);
  return (
    <Fetched of={found}>
      {({ agreements, organisations }) => (
        <Card title={t('agreements.title')} id="agreements">
          {agreements.length === 0 && <p>{t('agreements.none')}</p>}
          <ul className={css.list}>
            {agreements.map((one) => (
              <li key={one.id}>
                <div className={css.grow}>
                  <p>
                    <strong>{t('agreements.says', { giver: one.giverName, organisation: one.organisationName })}</strong>
                  </p>
                  <p>{one.covers}</p>
                  <p className={css.soft}>
                    {dateOf(one.from, language)} – {one.until && dateOf(one.until, language)}
                  </p>
                </div>
                <Button
                  aria-label={t('agreements.changeName', { giver: one.giverName, organisation: one.organisationName })}
                  onClick={() => setEditing(one)}
                >
                  {t('edit.change')}
                </Button>
              </li>
            ))}
          </ul>
          {editing ? (
            <AgreementForm
              key={editing === 'new' ? 'new' : editing.id}
              agreement={editing === 'new' ? null : editing}
              organisations={organisations}
              onDone={() => setEditing(null)}
            />
          ) : (
            <div>
              <Button onClick={() => setEditing('new')}>{t('agreements.add')}</Button>
            </div>
          )}
        </Card>
      )}
    </Fetched>
  );
}
