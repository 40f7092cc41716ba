import { useQueryClient } from '@tanstack/react-query';
import type { UnitView } from '../../contract/units.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { EditForm } from '../office/EditForm.tsx';
import { useEdit } from '../office/useEdit.ts';
import css from '../ui/Card.module.css';
import { Check, Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

type Draft = { name: string; kind: UnitView['kind']; phone: string; emergencyPhone: string; interpreterEmail: string; discreet: boolean };

const kinds: UnitView['kind'][] = [
  'careHome',
  'shortTermHome',
  'homeHealthcare',
  'supportedHousing',
  'healthCentre',
  'cottageHospital',
  'hospitalClinic',
  'virtualClinic',
  'mobileTeam',
  'socialServices',
  'communityRoom',
];

const draftOf = (unit: UnitView | null): Draft & { version: number } => ({
  name: unit?.name ?? '',
  kind: unit?.kind ?? 'careHome',
  phone: unit?.phone ?? '',
  emergencyPhone: unit?.emergencyPhone ?? '',
  interpreterEmail: unit?.interpreterEmail ?? '',
  discreet: unit?.discreet ?? false,
  version: unit?.version ?? 0,
});

/** Adds or changes a unit; of two who change it at once, the second sees both. */
export function UnitForm({ organisationId, unit, onDone }: { organisationId: string; unit: UnitView | null; onDone: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const edit = useEdit<Draft>(draftOf(unit));
  const { name, kind, phone, emergencyPhone, interpreterEmail, discreet } = edit.values;
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (name.trim() ? (phone.trim() ? undefined : 'phone') : 'name'),
    async () => {
      const body = {
        name,
        kind,
        phone,
        emergencyPhone: emergencyPhone.trim() || null,
        interpreterEmail: interpreterEmail.trim() || null,
        discreet,
      };
      if (unit) await api('PUT /api/units/:unitId', { params: { unitId: unit.id }, body: { ...body, basedOn: edit.version } });
      else await api('POST /api/organisations/:organisationId/units', { params: { organisationId }, body });
      await queries.invalidateQueries({ queryKey: ['organisations'] });
      onDone();
    },
    () => {
      void api('GET /api/organisations').then(({ organisations }) => {
        const now = organisations.flatMap(({ units }) => units).find(({ id }) => id === unit?.id);
        if (now) edit.overtake(draftOf(now));
      });
    },
  );
  const labels: Record<keyof Draft, string> = {
    name: t('units.name'),
    kind: t('units.kind'),
    phone: t('units.phone'),
    emergencyPhone: t('units.emergencyPhone'),
    interpreterEmail: t('units.interpreterEmail'),
    discreet: t('units.discreet'),
  };
  return (
    <EditForm title={t(unit ? 'units.change' : 'units.add')} edit={edit} labels={labels} form={{ onSubmit, busy, words }} onCancel={onDone}>
      <Field
        name="name"
        label={labels.name}
        value={name}
        onChange={(text) => edit.set('name', text)}
        error={errorOf('name')}
        maxLength={120}
      />
      <Select
        label={labels.kind}
        value={kind}
        onChange={(chosen) => edit.set('kind', chosen)}
        options={kinds.map((value) => ({ value, label: t(`unitKind.${value}`) }))}
      />
      <div className={css.pair}>
        <Field
          name="phone"
          type="tel"
          label={labels.phone}
          hint={t('units.phoneHint')}
          value={phone}
          onChange={(text) => edit.set('phone', text)}
          error={errorOf('phone')}
          maxLength={32}
        />
        <Field
          name="emergencyPhone"
          type="tel"
          label={labels.emergencyPhone}
          hint={t('units.emergencyPhoneHint')}
          value={emergencyPhone}
          onChange={(text) => edit.set('emergencyPhone', text)}
          error={errorOf('emergencyPhone')}
          maxLength={32}
        />
      </div>
      <Field
        name="interpreterEmail"
        type="email"
        label={labels.interpreterEmail}
        hint={t('units.interpreterEmailHint')}
        value={interpreterEmail}
        onChange={(text) => edit.set('interpreterEmail', text)}
        error={errorOf('interpreterEmail')}
        maxLength={254}
      />
      <Check checked={discreet} onChange={(on) => edit.set('discreet', on)}>
        <strong>{labels.discreet}</strong>
        <small>{t('units.discreetHint')}</small>
      </Check>
    </EditForm>
  );
}
