import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { PlanTemplate, TemplateView } from '../../contract/planTemplates.ts';
import { api } from '../app/api.ts';
import { useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Fetched, Office } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Select } from '../ui/Choices.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { TemplateForm } from './TemplateForm.tsx';

export const useTemplates = (unitId: string) =>
  useQuery({
    queryKey: ['planTemplates', unitId],
    queryFn: () => api('GET /api/units/:unitId/plan-templates', { params: { unitId } }),
    enabled: unitId !== '',
  });

/** What planning meetings of one's units begin from. */
export default function TemplatesPage() {
  const { t } = useWords();
  const me = useMe();
  const units = new Map((me?.assignments ?? []).map(({ unitId, unitName }) => [unitId, unitName]));
  const [chosen, setChosen] = useState<string | null>(null);
  const unitId = chosen ?? units.keys().next().value ?? '';
  return (
    <Office title={t('carePlan.template.title')} for="takesPart">
      <p>{t('carePlan.template.lead')}</p>
      {units.size > 1 && (
        <Select
          label={t('carePlan.unit')}
          value={unitId}
          onChange={setChosen}
          options={[...units].map(([value, label]) => ({ value, label }))}
        />
      )}
      <Templates key={unitId} unitId={unitId} />
    </Office>
  );
}

type Editing = { of: TemplateView | null; template: PlanTemplate } | null;
const blank: PlanTemplate = { name: '', kinds: [], items: [], parts: [], questions: [] };

function Templates({ unitId }: { unitId: string }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const found = useTemplates(unitId);
  const [editing, setEditing] = useState<Editing>(null);
  const done = (): void => {
    setEditing(null);
    void queries.invalidateQueries({ queryKey: ['planTemplates', unitId] });
  };
  const save = async (of: TemplateView | null, body: PlanTemplate): Promise<void> => {
    if (of) await api('PUT /api/plan-templates/:templateId', { params: { templateId: of.id }, body: { ...body, basedOn: of.version } });
    else await api('POST /api/units/:unitId/plan-templates', { params: { unitId }, body });
    done();
  };
  return (
    <Fetched of={found}>
      {({ templates, mayChange }) => (
        <>
          <Card title={t('carePlan.template.own')} id="templates">
            {templates.length === 0 && <p>{t('carePlan.template.none')}</p>}
            <ul className={card.list}>
              {templates.map((template) => (
                <li key={template.id}>
                  <One
                    template={template}
                    mayChange={mayChange && editing === null}
                    onChange={() => setEditing({ of: template, template })}
                    onDone={done}
                  />
                  {editing?.of?.id === template.id && (
                    <TemplateForm template={template} onSave={(body) => save(template, body)} onCancel={() => setEditing(null)} />
                  )}
                </li>
              ))}
            </ul>
          </Card>
          {mayChange && editing === null && <Starters onBegin={(template) => setEditing({ of: null, template })} />}
          {editing && editing.of === null && (
            <Card title={t('carePlan.template.add')} id="new-template">
              <TemplateForm template={editing.template} onSave={(body) => save(null, body)} onCancel={() => setEditing(null)} />
            </Card>
          )}
        </>
      )}
    </Fetched>
  );
}

type OneProps = { template: TemplateView; mayChange: boolean; onChange: () => void; onDone: () => void };

function One({ template: { id, name, version, items, parts, questions }, mayChange, onChange, onDone }: OneProps) {
  const { t } = useWords();
  const [ending, setEnding] = useState(false);
  const end = (): void => {
    setEnding(false);
    void api('POST /api/plan-templates/:templateId/end', { params: { templateId: id } }).finally(onDone);
  };
  return (
    <>
      <div className={card.grow}>
        <p>
          <strong>{name}</strong>
        </p>
        <p className={card.soft}>
          {t('carePlan.template.holds', { items: items.length, parts: parts.length, questions: questions.length })} ·{' '}
          {t('form.version', { nr: version })}
        </p>
      </div>
      {mayChange && (
        <>
          <Button aria-label={t('carePlan.template.change', { name })} onClick={onChange}>
            {t('edit.change')}
          </Button>
          <Button look="quiet" aria-label={t('carePlan.template.endOf', { name })} onClick={() => setEnding(true)}>
            {t('carePlan.remove')}
          </Button>
        </>
      )}
      {ending && (
        <Confirm title={t('carePlan.template.endOf', { name })} text={t('carePlan.template.endText')} onClose={() => setEnding(false)}>
          <Button look="danger" onClick={end}>
            {t('carePlan.remove')}
          </Button>
        </Confirm>
      )}
    </>
  );
}

/** Ready ones, which the unit makes its own. */
function Starters({ onBegin }: { onBegin: (template: PlanTemplate) => void }) {
  const { t, language } = useWords();
  const found = useQuery({
    queryKey: ['planStarters', language],
    queryFn: () => api('GET /api/plan-template-starters/:language', { params: { language } }),
  });
  return (
    <Card title={t('carePlan.template.add')} id="starters">
      <p className={card.soft}>{t('carePlan.template.startersLead')}</p>
      <Fetched of={found}>
        {(starters) => (
          <div className={card.row}>
            {starters.map((starter) => (
              <Button key={starter.name} onClick={() => onBegin(starter)}>
                {starter.name}
              </Button>
            ))}
            <Button look="quiet" icon={<Plus aria-hidden size={22} />} onClick={() => onBegin(blank)}>
              {t('carePlan.template.blank')}
            </Button>
          </div>
        )}
      </Fetched>
    </Card>
  );
}
