import type { StaffView } from '../../contract/units.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { EditForm } from '../office/EditForm.tsx';
import { useEdit } from '../office/useEdit.ts';
import css from '../ui/Card.module.css';
import { Field } from '../ui/Field.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

type Draft = { name: string; place: string };
const draftOf = ({ name, place, version }: StaffView): Draft & { version: number } => ({ name: name ?? '', place, version });

/** What a member of staff is called; of two who change it at once, the second sees both. */
export function StaffForm({ person, unitId, onDone }: { person: StaffView; unitId: string; onDone: () => void }) {
  const { t } = useWords();
  const edit = useEdit<Draft>(draftOf(person));
  const { name, place } = edit.values;
  const labels: Record<keyof Draft, string> = { name: t('staff.name'), place: t('staff.place') };
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (place.trim() ? undefined : 'place'),
    async () => {
      await api('PUT /api/staff/:userId', {
        params: { userId: person.userId },
        body: { name: name.trim() || null, place, basedOn: edit.version },
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
    </EditForm>
  );
}
