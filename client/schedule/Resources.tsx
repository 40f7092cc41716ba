import { useState } from 'react';
import type { ResourceKind, ResourceView, UnitPlan } from '../../contract/scheduling.ts';
import { api, codeOf } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

export const resourceKinds = ['room', 'bedside', 'device', 'vehicle'] as const satisfies ResourceKind[];

/** Rooms and equipment of a unit. */
export function Resources({ plan, onPlan }: { plan: UnitPlan; onPlan: (plan: UnitPlan) => void }) {
  const { t } = useWords();
  const [editing, setEditing] = useState<ResourceView | 'new' | null>(null);
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const end = (resourceId: string): void => {
    setProblem(null);
    api('POST /api/resources/:resourceId/end', { params: { resourceId } }).then(onPlan, (error: unknown) => setProblem(codeOf(error)));
  };
  return (
    <Card title={t('slots.things')} id="resources">
      {plan.resources.length === 0 && <p>{t('plan.noThings')}</p>}
      {problem && <Notice look="problem">{t(problem === 'conflict' ? 'plan.stillBooked' : `error.${problem}`)}</Notice>}
      <ul className={css.list}>
        {plan.resources.map((thing) => (
          <li key={thing.id}>
            <p className={css.grow}>
              <strong>{thing.name}</strong> <span className={css.soft}>{t(`resource.${thing.kind}`)}</span>
            </p>
            {plan.mayChange && (
              <>
                <Button aria-label={t('plan.changeName', { name: thing.name })} onClick={() => setEditing(thing)}>
                  {t('edit.change')}
                </Button>
                <Button look="quiet" aria-label={t('plan.endName', { name: thing.name })} onClick={() => end(thing.id)}>
                  {t('plan.end')}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      {editing && (
        <ResourceForm
          key={editing === 'new' ? 'new' : editing.id}
          unitId={plan.unitId}
          thing={editing === 'new' ? null : editing}
          onDone={(now) => {
            setEditing(null);
            if (now) onPlan(now);
          }}
        />
      )}
      {plan.mayChange && !editing && (
        <div>
          <Button onClick={() => setEditing('new')}>{t('plan.addThing')}</Button>
        </div>
      )}
    </Card>
  );
}

type FormProps = { unitId: string; thing: ResourceView | null; onDone: (plan?: UnitPlan) => void };

function ResourceForm({ unitId, thing, onDone }: FormProps) {
  const { t } = useWords();
  const [name, setName] = useState(thing?.name ?? '');
  const [kind, setKind] = useState<ResourceKind>(thing?.kind ?? 'room');
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (name.trim() ? undefined : 'name'),
    async () => {
      const body = { name, kind };
      onDone(
        thing
          ? await api('PUT /api/resources/:resourceId', { params: { resourceId: thing.id }, body: { ...body, basedOn: thing.version } })
          : await api('POST /api/units/:unitId/resources', { params: { unitId }, body }),
      );
    },
  );
  return (
    <form className={css.card} onSubmit={onSubmit} noValidate aria-label={t('plan.addThing')}>
      <Field name="name" label={t('plan.thingName')} value={name} onChange={setName} error={errorOf('name')} maxLength={80} />
      <Select
        label={t('plan.thingKind')}
        value={kind}
        onChange={setKind}
        options={resourceKinds.map((value) => ({ value, label: t(`resource.${value}`) }))}
      />
      {words && <Notice look="problem">{words}</Notice>}
      <div className={css.row}>
        <Button type="submit" look="primary" disabled={busy}>
          {t('edit.save')}
        </Button>
        <Button look="quiet" onClick={() => onDone()}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}
