import type { PatientView } from '../../contract/patients.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Overtaken } from '../office/Overtaken.tsx';
import { useEdit } from '../office/useEdit.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { type ContactDraft, ContactFields, contactOf } from './ContactFields.tsx';
import { PatientIdentity } from './PatientIdentity.tsx';

const draftOf = ({
  name,
  protectedIdentity,
  phone,
  address,
  entrance,
  language,
  version,
}: PatientView): ContactDraft & { version: number } => ({
  name,
  protectedIdentity,
  phone: phone ?? '',
  address: address ?? '',
  entrance: entrance ?? '',
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
    address: t('book.address'),
    entrance: t('book.entrance'),
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
    <form onSubmit={onSubmit} noValidate>
      <Card title={t('patients.change')} id="change-patient">
        <PatientIdentity patient={patient} />
        <Overtaken
          happened={edit.theirs !== null}
          contested={edit.contested.map((key) => ({ key, label: labels[key], theirs: String(edit.theirs?.[key] ?? '') }))}
          onChoose={edit.choose}
        />
        <ContactFields draft={edit.values} set={edit.set} errorOf={errorOf} addressHidden={patient.addressHidden} />
        {words && <Notice look="problem">{words}</Notice>}
        <div className={css.row}>
          <Button type="submit" look="primary" disabled={busy || edit.contested.length > 0}>
            {t('edit.save')}
          </Button>
          <Button look="quiet" onClick={() => onDone()}>
            {t('app.cancel')}
          </Button>
        </div>
      </Card>
    </form>
  );
}
