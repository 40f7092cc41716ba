import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Lock, LockOpen } from 'lucide-react';
import { useState } from 'react';
import { api, codeOf } from '../app/api.ts';
import { dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { BlockButton } from '../consent/BlockButton.tsx';
import { Fetched } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';

/** Closing what a unit has written to other units, and opening it again. */
export function OwnBlocks() {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const found = useQuery({ queryKey: ['my blocks'], queryFn: () => api('GET /api/my/blocks') });
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const act = (doing: Promise<unknown>): void => {
    setProblem(null);
    void doing.catch((error: unknown) => setProblem(codeOf(error))).then(() => queries.invalidateQueries({ queryKey: ['my blocks'] }));
  };
  return (
    <Card title={t('block.mine')} id="my-blocks">
      <p>{t('block.mineLead')}</p>
      {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
      <Fetched of={found}>
        {(units) => (
          <ul className={css.list}>
            {units.map(({ patientId, unitId, unitName, provider, block }) => (
              <li key={`${patientId} ${unitId}`}>
                <div className={css.grow}>
                  <p>
                    <strong>{unitName}</strong>
                  </p>
                  <p className={css.soft}>{provider}</p>
                  {block && (
                    <p>
                      <Lock aria-hidden size={18} /> {t('block.since', { day: dayOf(block.since, language) })}
                    </p>
                  )}
                </div>
                {block ? (
                  <Button
                    icon={<LockOpen aria-hidden size={20} />}
                    aria-label={t('block.liftName', { unit: unitName })}
                    onClick={() => act(api('POST /api/blocks/:blockId/lift', { params: { blockId: block.id } }))}
                  >
                    {t('block.lift')}
                  </Button>
                ) : (
                  <BlockButton
                    unitName={unitName}
                    label={t('block.set')}
                    name={t('block.setName', { unit: unitName })}
                    onSet={() => act(api('POST /api/my/blocks', { body: { patientId, unitId } }))}
                  />
                )}
              </li>
            ))}
          </ul>
        )}
      </Fetched>
    </Card>
  );
}
