import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ShieldPlus } from 'lucide-react';
import { useState } from 'react';
import type { PatientView } from '../../contract/patients.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Fetched } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { ConsentForm } from './ConsentForm.tsx';
import { ConsentList } from './ConsentList.tsx';

/** A patient's consents, as staff keep them. */
export function ConsentCard({ patient }: { patient: PatientView }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const patientId = patient.id;
  const found = useQuery({
    queryKey: ['consents', patientId],
    queryFn: () => api('GET /api/patients/:patientId/consents', { params: { patientId } }),
  });
  const [adding, setAdding] = useState(false);
  const [busy, setBusy] = useState(false);
  const refetch = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ['consents', patientId] });
    await queries.invalidateQueries({ queryKey: ['patient', patientId] });
  };
  const withdraw = (consentId: string): void => {
    setBusy(true);
    void api('POST /api/consents/:consentId/withdraw', { params: { consentId } })
      .catch(() => undefined) // the list says what holds
      .then(refetch)
      .finally(() => setBusy(false));
  };
  return (
    <Card title={t('consent.title')} id="consents">
      <Fetched of={found}>
        {({ consents, choices }) => (
          <>
            <ConsentList consents={consents} onWithdraw={withdraw} busy={busy} />
            {adding ? (
              <ConsentForm
                patient={patient}
                choices={choices}
                onDone={() => {
                  setAdding(false);
                  void refetch();
                }}
              />
            ) : (
              <div>
                <Button icon={<ShieldPlus aria-hidden size={22} />} onClick={() => setAdding(true)}>
                  {t('consent.add')}
                </Button>
              </div>
            )}
          </>
        )}
      </Fetched>
    </Card>
  );
}
