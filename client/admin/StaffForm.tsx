import type { StaffView } from '../../contract/units.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { EditForm } from '../office/EditForm.tsx';
import { useEdit } from '../office/useEdit.ts';
import css from '../ui/Card.module.css';
import { Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

type Draft = {
  name: string;
  place: string;
  hsaId: string;
  email: string;
  licence: StaffView['licence'];
  licenceUntil: string;
  countries: string;
};
const draftOf = ({ name, place, version, hsaId, email, licence, licenceUntil, workCountries }: StaffView): Draft & { version: number } => ({
  name: name ?? '',
  place,
  hsaId: hsaId ?? '',
  email: email ?? '',
  licence,
  licenceUntil: licenceUntil ?? '',
  countries: workCountries.join(' '),
  version,
});

const codesIn = (text: string): string[] =>
  text
    .toUpperCase()
    .split(/[\s,]+/)
    .filter(Boolean);

/** What a member of staff is called, is known by and may do; of two who change it at once, the second sees both. */
export function StaffForm({ person, unitId, onDone }: { person: StaffView; unitId: string; onDone: () => void }) {
  const { t } = useWords();
  const edit = useEdit<Draft>(draftOf(person));
  const { name, place, hsaId, email, licence, licenceUntil, countries } = edit.values;
  const labels: Record<keyof Draft, string> = {
    name: t('staff.name'),
    place: t('staff.place'),
    hsaId: t('staff.hsaId'),
    email: t('reach.email'),
    licence: t('staff.licence'),
    licenceUntil: t('staff.licenceUntil'),
    countries: t('staff.countries'),
  };
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (place.trim() ? (codesIn(countries).every((code) => code.length === 2) ? undefined : 'workCountries') : 'place'),
    async () => {
      await api('PUT /api/staff/:userId', {
        params: { userId: person.userId },
        body: {
          name: name.trim() || null,
          place,
          hsaId: hsaId.trim() || null,
          email: email.trim() || null,
          licence,
          licenceUntil: licenceUntil || null,
          workCountries: codesIn(countries),
          basedOn: edit.version,
        },
      });
      onDone();
    },
    () => {
      void api('GET /api/units/:unitId/staff', { params: { unitId } }).then((all) => {
        const now = all.find(({ userId }) => userId === person.userId);
        if (now) edit.overtake(draftOf(now));
      });
    },
  );
  return (
    <EditForm
      title={t('staff.changeName', { name: person.username })}
      edit={edit}
      labels={labels}
      form={{ onSubmit, busy, words }}
      onCancel={onDone}
    >
      <div className={css.pair}>
        <Field
          name="name"
          label={labels.name}
          hint={t('staff.nameHint')}
          value={name}
          onChange={(text) => edit.set('name', text)}
          error={errorOf('name')}
          maxLength={120}
        />
        <Field
          name="place"
          label={labels.place}
          hint={t('staff.placeHint')}
          value={place}
          onChange={(text) => edit.set('place', text)}
          error={errorOf('place')}
          maxLength={120}
        />
      </div>
      <Field
        name="hsaId"
        label={labels.hsaId}
        hint={t('staff.hsaIdHint')}
        value={hsaId}
        onChange={(text) => edit.set('hsaId', text)}
        error={errorOf('hsaId')}
        maxLength={31}
        spellCheck={false}
      />
      <Field
        name="email"
        type="email"
        label={labels.email}
        hint={t('staff.emailHint')}
        value={email}
        onChange={(text) => edit.set('email', text)}
        error={errorOf('email')}
        maxLength={254}
      />
      <div className={css.pair}>
        <Select
          label={labels.licence}
          value={licence}
          onChange={(state) => edit.set('licence', state)}
          options={(['unverified', 'valid', 'restricted', 'revoked'] as const).map((value) => ({ value, label: t(`licence.${value}`) }))}
        />
        <Field
          name="licenceUntil"
          type="date"
          label={labels.licenceUntil}
          value={licenceUntil}
          onChange={(text) => edit.set('licenceUntil', text)}
          error={errorOf('licenceUntil')}
        />
      </div>
      <Field
        name="workCountries"
        label={labels.countries}
        hint={t('staff.countriesHint')}
        value={countries}
        onChange={(text) => edit.set('countries', text)}
        error={errorOf('workCountries')}
        spellCheck={false}
      />
    </EditForm>
  );
}
