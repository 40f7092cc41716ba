import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import type { NewConsentBasis } from '../../contract/consent.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { BasisFields, ownBasis, wrongBasis } from '../consent/BasisFields.tsx';
import css from '../ui/Card.module.css';
import { Radios } from '../ui/Choices.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

/** Those close to the person; none for whoever may not read the patient's page. */
export function useRelatives({ patientId }: Pick<CarePlan, 'patientId'>) {
  const found = useQuery({
    queryKey: ['patient', patientId],
    queryFn: () => api('GET /api/patients/:patientId', { params: { patientId } }),
    retry: false,
  });
  return found.data?.relatives ?? [];
}

type Props = {
  plan: CarePlan;
  title: string;
  submit: string;
  children?: ReactNode; // what the yes is to
  onYes: (consent: NewConsentBasis) => Promise<unknown>;
  onDone: () => void;
};

/** A yes of the person that staff have heard or read, and what it rests on. */
export function YesForm({ plan, title, submit, children, onYes, onDone }: Props) {
  const { t } = useWords();
  const [basis, setBasis] = useState(ownBasis);
  const [form, setForm] = useState<NewConsentBasis['form']>('oral');
  const guardians = useRelatives(plan).filter(({ role }) => role === 'guardian');
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => wrongBasis(basis),
    async () => {
      await onYes({ ...basis, form });
      onDone();
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate className={css.fold} aria-label={title}>
      {children}
      <BasisFields basis={basis} onChange={setBasis} guardians={guardians} errorOf={errorOf} />
      <Radios
        legend={t('consent.form')}
        value={form}
        onChange={setForm}
        beside
        options={(['oral', 'written'] as const).map((value) => ({ value, label: t(`consentFormChoice.${value}`) }))}
      />
      {errorOf('child') && <Notice look="problem">{errorOf('child')}</Notice>}
      <FormEnd words={words} busy={busy} submit={submit} onCancel={onDone} />
    </form>
  );
}
