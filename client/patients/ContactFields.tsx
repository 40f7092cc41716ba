import type { Language } from '../../contract/language.ts';
import type { ContactChannel } from '../../contract/messages.ts';
import { languageNames, useWords } from '../app/words.ts';
import { AddressFields } from '../office/AddressFields.tsx';
import { Check, Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { ReachFields } from './ReachFields.tsx';

export type ContactDraft = {
  name: string;
  protectedIdentity: boolean;
  phone: string;
  email: string;
  channel: ContactChannel;
  address: string;
  entrance: string;
  municipality: string;
  language: Language;
};

export const contactOf = ({ name, protectedIdentity, phone, email, channel, address, entrance, municipality, language }: ContactDraft) => ({
  name,
  protectedIdentity,
  phone: phone.trim() || null,
  email: email.trim() || null,
  channel,
  address: address.trim() || null,
  entrance: entrance.trim() || null,
  municipality: municipality.trim() || null,
  language,
});

type Props = {
  draft: ContactDraft;
  set: <K extends keyof ContactDraft>(key: K, value: ContactDraft[K]) => void;
  errorOf: (name: string) => string | undefined;
  addressHidden?: boolean;
};

/** What a unit knows of a patient besides their number. */
export function ContactFields({ draft, set, errorOf, addressHidden = false }: Props) {
  const { t } = useWords();
  return (
    <>
      <Field
        name="name"
        label={t('patients.name')}
        value={draft.name}
        onChange={(name) => set('name', name)}
        error={errorOf('name')}
        maxLength={120}
      />
      <Field
        name="phone"
        type="tel"
        label={t('patients.phone')}
        value={draft.phone}
        onChange={(phone) => set('phone', phone)}
        error={errorOf('phone')}
        maxLength={32}
      />
      <ReachFields
        hushed={draft.protectedIdentity}
        draft={draft}
        onEmail={(text) => set('email', text)}
        onChannel={(chosen) => set('channel', chosen)}
        errorOf={errorOf}
      />
      <AddressFields draft={draft} set={set} errorOf={errorOf} hidden={addressHidden} />
      {!addressHidden && (
        <Field
          name="municipality"
          label={t('patients.municipality')}
          hint={t('patients.municipalityHint')}
          inputMode="numeric"
          value={draft.municipality}
          onChange={(code) => set('municipality', code)}
          error={errorOf('municipality')}
          maxLength={4}
        />
      )}
      <Select
        label={t('book.language')}
        value={draft.language}
        onChange={(chosen) => set('language', chosen)}
        options={Object.entries(languageNames).map(([value, label]) => ({ value: value as Language, label }))}
      />
      <Check checked={draft.protectedIdentity} onChange={(on) => set('protectedIdentity', on)}>
        <strong>{t('patient.protected')}</strong>
        <small>{t('patients.protectedHint')}</small>
      </Check>
    </>
  );
}
