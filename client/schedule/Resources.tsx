import { useState } from 'react';
import type { ResourceKind, ResourceView, UnitPlan } from '../../contract/scheduling.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import css from '../ui/Card.module.css';
import { Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { Offers } from './Offers.tsx';

export const resourceKinds = ['room', 'bedside', 'device', 'vehicle'] as const satisfies ResourceKind[];

/** Rooms and equipment of a unit. */
export function Resources({ plan, onPlan }: { plan: UnitPlan; onPlan: (plan: UnitPlan) => void }) {
  const { t } = useWords();
  return (
    <Offers
      id="resources"
      words={{ title: t('slots.things'), none: t('plan.noThings'), add: t('plan.addThing'), stillUsed: t('plan.stillBooked') }}
      offers={plan.resources}
      mayChange={plan.mayChange}
      line={({ name, kind }) => (
        <p>
          <strong>{name}</strong> <span className={css.soft}>{t(`resource.${kind}`)}</span>
        </p>
      )}
      form={(thing, onDone) => <ResourceForm unitId={plan.unitId} thing={thing} onDone={onDone} />}
      onEnd={({ id }) => api('POST /api/resources/:resourceId/end', { params: { resourceId: id } })}
      onPlan={onPlan}
    />
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
      <FormEnd words={words} busy={busy} onCancel={() => onDone()} />
    </form>
  );
}
