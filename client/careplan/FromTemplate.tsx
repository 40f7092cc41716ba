import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { CarePlan } from '../../contract/carePlans.ts';
import { writtenStates } from '../../contract/planSteps.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Select } from '../ui/Choices.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useTemplates } from './TemplatesPage.tsx';
import { usePlanAct } from './usePlan.ts';

/** What the meeting and the plan begin from, and who of those that it names is not there yet. */
export function FromTemplate({ plan }: { plan: CarePlan }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const { act, busy, problem } = usePlanAct(plan);
  const [chosen, setChosen] = useState<string | null>(null);
  const { id, version, state, unit, template, parties } = plan;
  const templates = useTemplates(unit.id).data?.templates ?? [];
  if (state !== 'consented' && !writtenStates.includes(state)) return null;
  const templateId = chosen ?? template?.id ?? '';
  const use = (): void => {
    const body = { templateId: templateId || null, basedOn: version };
    void act(() => api('PUT /api/care-plans/:planId/template', { params: { planId: id }, body }));
  };
  const missing = template?.kinds.filter((kind) => !parties.some((party) => party.kind === kind)) ?? [];
  const gone = template && !templates.some((one) => one.id === template.id);
  return (
    <Card title={t('carePlan.template.ofPlan')} id="template">
      <p className={card.soft}>{t('carePlan.template.ofPlanLead')}</p>
      <div className={card.pair}>
        <Select
          label={t('carePlan.template.choose')}
          value={templateId}
          onChange={setChosen}
          options={[
            { value: '', label: t('carePlan.template.without') },
            ...(gone ? [{ value: template.id, label: template.name }] : []),
            ...templates.map(({ id: value, name }) => ({ value, label: name })),
          ]}
        />
        <div className={card.row}>
          <Button disabled={busy || templateId === (template?.id ?? '')} onClick={use}>
            {t('carePlan.template.use')}
          </Button>
          <Button look="quiet" onClick={() => void navigate('/plan-templates')}>
            {t('carePlan.template.all')}
          </Button>
        </div>
      </div>
      {missing.length > 0 && (
        <p>{t('carePlan.template.missing', { kinds: missing.map((kind) => t(`carePlan.partyKind.${kind}`)).join(', ') })}</p>
      )}
      {problem && <Notice look="problem">{problem}</Notice>}
    </Card>
  );
}
