import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { CarePlan } from '../../contract/carePlans.ts';
import { linkKinds } from '../../contract/planKinds.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Select } from '../ui/Choices.tsx';
import { Notice } from '../ui/Notice.tsx';
import { usePlanAct } from './usePlan.ts';

type Kind = (typeof linkKinds)[number];

/** Plans of others that this one has to do with: seen by who coordinates both, and nobody else. */
export function Links({ plan }: { plan: CarePlan }) {
  const { t } = useWords();
  const { act, busy, problem } = usePlanAct(plan);
  const [adding, setAdding] = useState(false);
  const [otherId, setOther] = useState('');
  const [kind, setKind] = useState<Kind>('parentDying');
  const board = useQuery({
    queryKey: ['carePlans'],
    queryFn: () => api('GET /api/care-plans'),
    enabled: adding,
    refetchOnWindowFocus: false,
  });
  const params = { planId: plan.id };
  const others = (board.data ?? []).filter(({ id, unit }) => id !== plan.id && unit.id === plan.unit.id);
  const add = async (): Promise<void> => {
    if (await act(() => api('PUT /api/care-plans/:planId/links', { params, body: { otherId, kind } }))) setAdding(false);
  };
  return (
    <Card title={t('carePlan.links.title')} id="links">
      <ul className={card.list}>
        {plan.links.map((one) => (
          <li key={one.planId}>
            <p className={card.grow}>
              <Link to={`/care-plans/${one.planId}`}>{one.name}</Link> {t(`carePlan.links.kind.${one.kind}`)}
            </p>
            {one.mine && (
              <Button
                look="quiet"
                disabled={busy}
                aria-label={t('carePlan.removeOne', { name: one.name })}
                onClick={() =>
                  void act(() => api('DELETE /api/care-plans/:planId/links/:otherId', { params: { ...params, otherId: one.planId } }))
                }
              >
                {t('carePlan.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {problem && <Notice look="problem">{problem}</Notice>}
      {adding ? (
        <section className={card.fold} aria-label={t('carePlan.links.add')}>
          <div className={card.pair}>
            <Select
              label={t('carePlan.links.other')}
              value={otherId}
              onChange={setOther}
              options={[
                { value: '', label: t('carePlan.choose') },
                ...others.map(({ id, patient }) => ({ value: id, label: patient.name })),
              ]}
            />
            <Select
              label={t('carePlan.links.how')}
              value={kind}
              onChange={setKind}
              options={linkKinds.map((value) => ({ value, label: t(`carePlan.links.kind.${value}`) }))}
            />
          </div>
          <div className={card.row}>
            <Button look="primary" disabled={busy || otherId === ''} onClick={() => void add()}>
              {t('carePlan.links.keep')}
            </Button>
            <Button look="quiet" onClick={() => setAdding(false)}>
              {t('app.cancel')}
            </Button>
          </div>
        </section>
      ) : (
        <div>
          <Button onClick={() => setAdding(true)}>{t('carePlan.links.add')}</Button>
        </div>
      )}
    </Card>
  );
}
