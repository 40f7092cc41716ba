import { useState } from 'react';
import type { UnitPlan } from '../../contract/scheduling.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Select } from '../ui/Choices.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

const choices = [2, 3, 4, 5, 6, 8, 10, 12];

/** How often a unit's patients are to be seen in person. */
export function AlternationCard({ plan, onPlan }: { plan: UnitPlan; onPlan: (plan: UnitPlan) => void }) {
  const { t } = useWords();
  const [every, setEvery] = useState(plan.physicalEvery === null ? '' : String(plan.physicalEvery));
  const [saved, setSaved] = useState(false);
  const { onSubmit, busy, words } = useSubmit(
    () => undefined,
    async () => {
      const body = { physicalEvery: every === '' ? null : Number(every) };
      setSaved(false);
      onPlan(await api('PUT /api/units/:unitId/alternation', { params: { unitId: plan.unitId }, body }));
      setSaved(true);
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate>
      <Card title={t('suitability.alternation')} id="alternation">
        <p>{t('suitability.alternationLead')}</p>
        <Select
          label={t('suitability.every')}
          value={every}
          onChange={setEvery}
          options={[
            { value: '', label: t('suitability.noRule') },
            ...choices.map((count) => ({ value: String(count), label: t('suitability.everyNth', { count }) })),
          ]}
        />
        {words && <Notice look="problem">{words}</Notice>}
        {saved && <Notice>{t('plan.saved')}</Notice>}
        <div>
          <Button type="submit" look="primary" disabled={busy}>
            {t('edit.save')}
          </Button>
        </div>
      </Card>
    </form>
  );
}
