import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Lock, LockOpen, Siren } from 'lucide-react';
import { useState } from 'react';
import type { PatientView } from '../../contract/patients.ts';
import { api, codeOf } from '../app/api.ts';
import { useMe } from '../app/me.ts';
import { dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { BlockButton } from '../consent/BlockButton.tsx';
import { Fetched } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { EmergencyAccess } from './EmergencyAccess.tsx';

/** Record blocks: those of one's own unit to set and lift at the patient's wish, and the way in when a life is at stake. */
export function Blocks({ patient }: { patient: PatientView }) {
  const { t, language } = useWords();
  const me = useMe();
  const queries = useQueryClient();
  const params = { patientId: patient.id };
  const found = useQuery({ queryKey: ['blocks', patient.id], queryFn: () => api('GET /api/patients/:patientId/blocks', { params }) });
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const [emergency, setEmergency] = useState(false);
  const unit = patient.units.find(({ id }) => me?.assignments.some(({ unitId }) => unitId === id));
  const act = (doing: Promise<unknown>): void => {
    setProblem(null);
    void doing
      .catch((error: unknown) => setProblem(codeOf(error)))
      .then(() => queries.invalidateQueries({ queryKey: ['blocks', patient.id] }));
  };
  return (
    <Card title={t('block.title')} id="blocks">
      <Fetched of={found}>
        {({ blocks, elsewhere }) => (
          <>
            {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
            {blocks.map(({ id, unitName, since }) => (
              <div key={id} className={css.row}>
                <p className={css.grow}>
                  <Lock aria-hidden size={20} /> {t('block.is', { unit: unitName, day: dayOf(since, language) })}
                </p>
                <Button
                  icon={<LockOpen aria-hidden size={20} />}
                  onClick={() => act(api('POST /api/blocks/:blockId/lift', { params: { blockId: id } }))}
                >
                  {t('block.liftAsked')}
                </Button>
              </div>
            ))}
            {blocks.length === 0 && <p>{t('block.none')}</p>}
            {unit && !blocks.some(({ unitId }) => unitId === unit.id) && (
              <div>
                <BlockButton
                  unitName={unit.name}
                  label={t('block.setAsked', { unit: unit.name })}
                  onSet={() => act(api('POST /api/patients/:patientId/blocks', { params, body: { unitId: unit.id } }))}
                />
              </div>
            )}
            {elsewhere > 0 && (
              <>
                <Notice>{t('block.elsewhere', { count: elsewhere })}</Notice>
                {emergency ? (
                  <EmergencyAccess patientId={patient.id} onDone={() => setEmergency(false)} />
                ) : (
                  <div>
                    <Button look="danger" icon={<Siren aria-hidden size={20} />} onClick={() => setEmergency(true)}>
                      {t('block.emergency')}
                    </Button>
                  </div>
                )}
              </>
            )}
          </>
        )}
      </Fetched>
    </Card>
  );
}
