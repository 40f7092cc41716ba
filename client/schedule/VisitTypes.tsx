import { useState } from 'react';
import type { Modality, ResourceKind, UnitPlan, VisitTypeView } from '../../contract/scheduling.ts';
import type { StaffRole } from '../../contract/units.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { useForms } from '../forms/FormsCard.tsx';
import css from '../ui/Card.module.css';
import { Check, Radios, Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { Offers } from './Offers.tsx';
import { resourceKinds } from './Resources.tsx';

const roles = ['remotePhysician', 'physician', 'nurse', 'assistantNurse', 'careCoordinator'] as const satisfies StaffRole[];
const modalities = ['video', 'phone', 'physical'] as const satisfies Modality[];

/** The kinds of visits that a unit offers. */
export function VisitTypes({ plan, onPlan }: { plan: UnitPlan; onPlan: (plan: UnitPlan) => void }) {
  const { t } = useWords();
  return (
    <Offers
      id="types"
      words={{ title: t('plan.types'), none: t('plan.noTypes'), add: t('plan.addType'), stillUsed: t('error.conflict') }}
      offers={plan.types}
      mayChange={plan.mayChange}
      line={({ name, modality, minutes, openToPatients }) => (
        <>
          <p>
            <strong>{name}</strong>
          </p>
          <p className={css.soft}>
            {t(`contact.${modality}`)} · {t('book.minutes', { count: minutes })}
            {openToPatients && ` · ${t('plan.openToPatients')}`}
          </p>
        </>
      )}
      form={(type, onDone) => <TypeForm unitId={plan.unitId} type={type} onDone={onDone} />}
      onEnd={({ id }) => api('POST /api/visit-types/:typeId/end', { params: { typeId: id } })}
      onPlan={onPlan}
    />
  );
}

type FormProps = { unitId: string; type: VisitTypeView | null; onDone: (plan?: UnitPlan) => void };

const toggled = <T,>(list: T[], one: T, on: boolean): T[] => (on ? [...list, one] : list.filter((other) => other !== one));

function TypeForm({ unitId, type, onDone }: FormProps) {
  const { t } = useWords();
  const [name, setName] = useState(type?.name ?? '');
  const [modality, setModality] = useState<Modality>(type?.modality ?? 'video');
  const [minutes, setMinutes] = useState(String(type?.minutes ?? 30));
  const [before, setBefore] = useState(String(type?.minutesBefore ?? 0));
  const [after, setAfter] = useState(String(type?.minutesAfter ?? 0));
  const [wantedRoles, setRoles] = useState<StaffRole[]>(type?.roles ?? []);
  const [things, setThings] = useState<ResourceKind[]>(type?.resources ?? []);
  const [formId, setForm] = useState(type?.formId ?? '');
  const forms = useForms(unitId).data?.forms ?? [];
  const [openToPatients, setOpen] = useState(type?.openToPatients ?? false);
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (name.trim() ? (Number(minutes) >= 5 && Number(minutes) <= 480 ? undefined : 'minutes') : 'name'),
    async () => {
      const body = {
        name,
        modality,
        minutes: Number(minutes),
        minutesBefore: Number(before),
        minutesAfter: Number(after),
        roles: wantedRoles,
        resources: things,
        openToPatients,
        formId: formId || null,
      };
      onDone(
        type
          ? await api('PUT /api/visit-types/:typeId', { params: { typeId: type.id }, body: { ...body, basedOn: type.version } })
          : await api('POST /api/units/:unitId/visit-types', { params: { unitId }, body }),
      );
    },
  );
  const number = (field: string, label: string, value: string, set: (text: string) => void) => (
    <Field name={field} label={label} inputMode="numeric" value={value} onChange={set} error={errorOf(field)} maxLength={4} />
  );
  return (
    <form className={css.card} onSubmit={onSubmit} noValidate aria-label={t('plan.addType')}>
      <Field name="name" label={t('plan.typeName')} value={name} onChange={setName} error={errorOf('name')} maxLength={80} />
      <Radios
        legend={t('book.modality')}
        value={modality}
        onChange={setModality}
        options={modalities.map((value) => ({ value, label: t(`contact.${value}`) }))}
      />
      {number('minutes', t('plan.minutes'), minutes, setMinutes)}
      <div className={css.pair}>
        {number('minutesBefore', t('book.before'), before, setBefore)}
        {number('minutesAfter', t('book.after'), after, setAfter)}
      </div>
      <fieldset style={{ display: 'grid', gap: 8 }}>
        <legend style={{ fontWeight: 600 }}>{t('plan.roles')}</legend>
        {roles.map((role) => (
          <Check key={role} checked={wantedRoles.includes(role)} onChange={(on) => setRoles(toggled(wantedRoles, role, on))}>
            {t(`role.${role}`)}
          </Check>
        ))}
      </fieldset>
      <fieldset style={{ display: 'grid', gap: 8 }}>
        <legend style={{ fontWeight: 600 }}>{t('slots.things')}</legend>
        {resourceKinds.map((kind) => (
          <Check key={kind} checked={things.includes(kind)} onChange={(on) => setThings(toggled<ResourceKind>(things, kind, on))}>
            {t(`resource.${kind}`)}
          </Check>
        ))}
      </fieldset>
      {forms.length > 0 && (
        <Select
          label={t('form.before')}
          value={formId}
          onChange={setForm}
          options={[{ value: '', label: t('form.noForm') }, ...forms.map(({ id, title }) => ({ value: id, label: title }))]}
        />
      )}
      <Check checked={openToPatients} onChange={setOpen}>
        {t('plan.openToPatients')}
      </Check>
      <FormEnd words={words} busy={busy} onCancel={() => onDone()} />
    </form>
  );
}
