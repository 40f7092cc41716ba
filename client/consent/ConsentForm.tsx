import { useState } from 'react';
import type { ConsentType, NewConsent } from '../../contract/consent.ts';
import type { PatientView } from '../../contract/patients.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { momentOf } from '../booking/careTime.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Radios, Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { BasisFields, ownBasis, wrongBasis } from './BasisFields.tsx';

const types: ConsentType[] = [
  'relativePresence',
  'relativeDisclosure',
  'careVisit',
  'secrecyWaiver',
  'recordAccess',
  'carePlan',
  'interpreter',
  'observer',
  'specialist',
  'recording',
  'selfMonitoring',
  'research',
];
const forRelative: ConsentType[] = ['relativePresence', 'relativeDisclosure'];
const forOrganisation: ConsentType[] = ['secrecyWaiver', 'recordAccess'];

type Choices = { relatives: { id: string; name: string }[]; organisations: { id: string; name: string }[] };

/** Staff write down a yes that they have heard or read. */
export function ConsentForm({ patient, choices, onDone }: { patient: PatientView; choices: Choices; onDone: () => void }) {
  const { t } = useWords();
  const [type, setType] = useState<ConsentType>('relativePresence');
  const [relativeId, setRelativeId] = useState(choices.relatives[0]?.id ?? '');
  const [organisationId, setOrganisationId] = useState(choices.organisations[0]?.id ?? '');
  const [topics, setTopics] = useState('');
  const [exclusions, setExclusions] = useState('');
  const [basis, setBasis] = useState(ownBasis);
  const [form, setForm] = useState<NewConsent['form']>('oral');
  const [until, setUntil] = useState('');
  const names = forRelative.includes(type);
  const organisation = forOrganisation.includes(type);
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => {
      if (names && !relativeId) return 'relativeId';
      if (organisation && !organisationId) return 'organisationId';
      if (type === 'secrecyWaiver' && !topics.trim()) return 'topics';
      return wrongBasis(basis);
    },
    async () => {
      const body = {
        type,
        ...basis,
        relativeId: names ? relativeId : null,
        organisationId: organisation ? organisationId : null,
        topics,
        exclusions,
        form,
        validUntil: until ? momentOf(until, '23:59') : null,
      };
      await api('POST /api/patients/:patientId/consents', { params: { patientId: patient.id }, body });
      onDone();
    },
  );
  const guardians = patient.relatives.filter(({ role }) => role === 'guardian');
  return (
    <form className={css.card} onSubmit={onSubmit} noValidate aria-label={t('consent.add')}>
      <Select
        label={t('consent.type')}
        value={type}
        onChange={setType}
        options={types.map((value) => ({ value, label: t(`consentType.${value}`) }))}
      />
      {names &&
        (choices.relatives.length > 0 ? (
          <Select
            label={t('consent.whom')}
            value={relativeId}
            onChange={setRelativeId}
            options={choices.relatives.map(({ id, name }) => ({ value: id, label: name }))}
          />
        ) : (
          <Notice>{t('consent.noRelatives')}</Notice>
        ))}
      {organisation && (
        <Select
          label={t('consent.organisation')}
          value={organisationId}
          onChange={setOrganisationId}
          options={choices.organisations.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {(errorOf('relativeId') ?? errorOf('organisationId')) && (
        <Notice look="problem">{errorOf('relativeId') ?? errorOf('organisationId')}</Notice>
      )}
      <Field
        name="topics"
        rows={2}
        label={t('consent.topics')}
        hint={t('consent.topicsHint')}
        value={topics}
        onChange={setTopics}
        error={errorOf('topics')}
        maxLength={500}
      />
      <Field
        name="exclusions"
        rows={2}
        label={t('consent.exclusions')}
        value={exclusions}
        onChange={setExclusions}
        error={errorOf('exclusions')}
        maxLength={500}
      />
      <BasisFields basis={basis} onChange={setBasis} guardians={guardians} errorOf={errorOf} />
      <Radios
        legend={t('consent.form')}
        value={form}
        onChange={setForm}
        options={(['oral', 'written'] as const).map((value) => ({ value, label: t(`consentFormChoice.${value}`) }))}
      />
      <Field
        name="validUntil"
        type="date"
        label={t('consent.validUntil')}
        hint={t('consent.validUntilHint')}
        value={until}
        onChange={setUntil}
        error={errorOf('validUntil')}
      />
      {words && <Notice look="problem">{words}</Notice>}
      <div className={css.row}>
        <Button type="submit" look="primary" disabled={busy || (names && choices.relatives.length === 0)}>
          {t('consent.keep')}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}
