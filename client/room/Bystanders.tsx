import { UserMinus, UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { Role, VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { newId } from '../media/newId.ts';
import { Button } from '../ui/Button.tsx';
import { Check, Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSession } from '../visit/useVisit.ts';
import css from './PeoplePanel.module.css';
import { isStaff } from './roles.ts';

const roles: Role[] = ['relative', 'guardian', 'trustee', 'assistantNurse', 'nurse', 'interpreter', 'observer', 'principal'];

/** Those whose being there takes the patient's yes; the server judges by itself. */
const asked: Role[] = ['relative', 'trustee', 'interpreter', 'observer'];

/** Who is present without a device of their own: they stand on the roster too, and the patient knows of them. */
export function Bystanders({ snapshot }: { snapshot: VisitSnapshot }) {
  const { bystanders, people, you } = snapshot;
  const { t } = useWords();
  const session = useSession();
  const nameOf = useNameOf();
  const staff = isStaff(you.role);
  const nameAt = (participantId: string): string => {
    const person = people.find(({ id }) => id === participantId);
    return person ? nameOf(person) : '';
  };
  if (!staff && bystanders.length === 0) return null;
  return (
    <section className={css.group} aria-label={t('roster.bystanders')}>
      <h3>
        {t('roster.bystanders')} ({bystanders.length})
      </h3>
      <ul>
        {bystanders.map(({ id, name, role, byPhone, besideId }) => (
          <li key={id}>
            <p className={css.name}>{name}</p>
            <p className={css.soft}>
              {t(`role.${role}`)}
              {byPhone && ` · ${t('roster.onPhoneOf', { name: nameAt(besideId) })}`}
            </p>
            {staff && (
              <Button
                icon={<UserMinus aria-hidden size={20} />}
                aria-label={t('roster.leftName', { name })}
                onClick={() => void session.perform('people:bystanderLeft', { id })}
              >
                {t('roster.left')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {staff && <Add snapshot={snapshot} />}
    </section>
  );
}

function Add({ snapshot: { people, you } }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const nameOf = useNameOf();
  const [besideId, setBeside] = useState(you.id);
  const [byPhone, setByPhone] = useState(false);
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('relative');
  const [consented, setConsented] = useState(false);
  const asks = asked.includes(role);
  const add = async (): Promise<void> => {
    if (!name.trim() || (asks && !consented)) return;
    if (!(await session.perform('people:bystander', { id: newId(), name, role, besideId, byPhone, consented }))) return;
    setName('');
    setConsented(false);
  };
  return (
    <form
      className={css.add}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Field name="bystander" label={t('roster.name')} value={name} onChange={setName} maxLength={120} autoComplete="off" />
      <Select
        label={t('roster.role')}
        value={role}
        onChange={setRole}
        options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
      />
      <Select
        label={t('roster.beside')}
        value={besideId}
        onChange={setBeside}
        options={people
          .filter(({ presence, seat }) => presence === 'room' && seat === 'own')
          .map((person) => ({ value: person.id, label: nameOf(person) }))}
      />
      <Check checked={byPhone} onChange={setByPhone}>
        {t('roster.byPhone')}
      </Check>
      {asks && (
        <Check checked={consented} onChange={setConsented}>
          {t('consent.saysYes', { name: name.trim() || t(`role.${role}`) })}
        </Check>
      )}
      <Button type="submit" disabled={asks && !consented} icon={<UserPlus aria-hidden size={20} />}>
        {t('roster.add')}
      </Button>
    </form>
  );
}
