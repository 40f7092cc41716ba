import type { PatientView } from '../../contract/patients.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { EditForm } from '../office/EditForm.tsx';
import { useEdit } from '../office/useEdit.ts';
import { useSubmit } from '../ui/useSubmit.ts';
import { type ContactDraft, ContactFields, contactOf } from './ContactFields.tsx';
import { PatientIdentity } from './PatientIdentity.tsx';

const draftOf = ({
  name,
  protectedIdentity,
  phone,
  address,
  entrance,
  email,
  channel,
  municipality,
  language,
  version,
}: PatientView): ContactDraft & { version: number } => ({
  name,
  protectedIdentity,
  phone: phone ?? '',
  email: email ?? '',
  channel,
  address: address ?? '',
  entrance: entrance ?? '',
  municipality: municipality ?? '',
  language,
  version,
});

/** Changes what is known of a patient; of two who do so at once, the second sees both. */
export function PatientEdit({ patient, onDone }: { patient: PatientView; onDone: (now?: PatientView) => void }) {
  const { t } = useWords();
  const edit = useEdit<ContactDraft>(draftOf(patient));
  const params = { patientId: patient.id };
  const labels: Record<keyof ContactDraft, string> = {
    name: t('patients.name'),
    protectedIdentity: t('patient.protected'),
    phone: t('patients.phone'),
    email: t('reach.email'),
    channel: t('reach.channel'),
    address: t('book.address'),
    entrance: t('book.entrance'),
    municipality: t('patients.municipality'),
    language: t('book.language'),
  };
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (edit.values.name.trim() ? undefined : 'name'),
    async () => onDone(await api('PUT /api/patients/:patientId', { params, body: { ...contactOf(edit.values), basedOn: edit.version } })),
    () =>
      void api('GET /api/patients/:patientId', { params }).then(
        (now) => edit.overtake(draftOf(now)),
        () => undefined,
      ),
  );
  return (
    <EditForm title={t('patients.change')} edit={edit} labels={labels} form={{ onSubmit, busy, words }} onCancel={() => onDone()}>
      <PatientIdentity patient={patient} />
      <ContactFields draft={edit.values} set={edit.set} errorOf={errorOf} addressHidden={patient.addressHidden} />
    </EditForm>
  );
}
