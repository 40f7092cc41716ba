import { useQuery, useQueryClient } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Assignment, StaffView } from '../../contract/units.ts';
import { api, codeOf } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Fetched, Office } from '../office/Office.tsx';
import { Password } from '../office/Password.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { Notice } from '../ui/Notice.tsx';
import { CommissionForm } from './CommissionForm.tsx';
import { NewStaff } from './NewStaff.tsx';
import { StaffForm } from './StaffForm.tsx';

/** Who works at a unit, as what. */
export default function StaffPage() {
  const { t } = useWords();
  const { unitId = '' } = useParams();
  return (
    <Office title={t('staff.title')} for="administers">
      <p>
        <Link to="/units">{t('staff.back')}</Link>
      </p>
      <Staff unitId={unitId} />
    </Office>
  );
}

function Staff({ unitId }: { unitId: string }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const staff = useQuery({ queryKey: ['staff', unitId], queryFn: () => api('GET /api/units/:unitId/staff', { params: { unitId } }) });
  const units = useQuery({ queryKey: ['organisations'], queryFn: () => api('GET /api/organisations') });
  const unit = units.data?.organisations.flatMap((organisation) => organisation.units).find(({ id }) => id === unitId);
  const refetch = (): Promise<void> => queries.invalidateQueries({ queryKey: ['staff', unitId] });
  return (
    <Fetched of={staff}>
      {(people) => (
        <>
          <Card title={unit?.name ?? t('staff.title')} id="staff">
            {people.length === 0 && <p>{t('staff.none')}</p>}
            <ul className={css.list}>
              {people.map((person) => (
                <Member key={person.userId} person={person} unitId={unitId} onChange={refetch} />
              ))}
            </ul>
          </Card>
          {adding ? (
            <NewStaff unitId={unitId} onDone={() => setAdding(false)} onAdded={refetch} />
          ) : (
            <div>
              <Button look="primary" icon={<UserPlus aria-hidden size={22} />} onClick={() => setAdding(true)}>
                {t('staff.add')}
              </Button>
            </div>
          )}
        </>
      )}
    </Fetched>
  );
}

function Member({ person, unitId, onChange }: { person: StaffView; unitId: string; onChange: () => Promise<void> }) {
  const { t } = useWords();
  const [editing, setEditing] = useState(false);
  const [naming, setNaming] = useState<StaffView['assignments'][number] | null>(null);
  const [ending, setEnding] = useState<Assignment | null>(null);
  const [given, setGiven] = useState<string | null>(null);
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const { userId, username, name, place, assignments } = person;
  const act = (task: Promise<unknown>): void => {
    setProblem(null);
    setEnding(null);
    void task.catch((error: unknown) => setProblem(codeOf(error))).then(onChange);
  };
  const resetPassword = (): void =>
    act(api('POST /api/staff/:userId/password', { params: { userId } }).then(({ password }) => setGiven(password)));
  return (
    <li>
      <div className={css.grow}>
        <p>
          <strong>{name ?? username}</strong> {name && username}
        </p>
        <p className={css.soft}>{place}</p>
      </div>
      {assignments.map((held) => (
        <span key={held.id} className={css.row}>
          <span className={css.badge}>
            {t(`role.${held.role}`)}
            {held.unitId !== unitId && `, ${held.unitName}`}
          </span>
          {held.unitId === unitId && (
            <Button
              aria-label={t('staff.commissionName', { name: name ?? username, role: t(`role.${held.role}`) })}
              onClick={() => setNaming(held)}
            >
              {t('staff.hsaId')}
            </Button>
          )}
          {held.unitId === unitId && (
            <Button
              aria-label={t('staff.endName', { name: name ?? username, role: t(`role.${held.role}`) })}
              onClick={() => setEnding(held)}
            >
              {t('staff.end')}
            </Button>
          )}
        </span>
      ))}
      <Button aria-label={t('staff.changeName', { name: name ?? username })} onClick={() => setEditing(true)}>
        {t('edit.change')}
      </Button>
      <Button aria-label={t('staff.passwordName', { name: name ?? username })} onClick={resetPassword}>
        {t('staff.password')}
      </Button>
      {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
      {given && <Password username={username} password={given} />}
      {naming && (
        <CommissionForm
          held={naming}
          onDone={() => {
            setNaming(null);
            void onChange();
          }}
        />
      )}
      {editing && (
        <StaffForm
          person={person}
          unitId={unitId}
          onDone={() => {
            setEditing(false);
            void onChange();
          }}
        />
      )}
      {ending && (
        <Confirm title={t('staff.endTitle')} text={t('staff.endText')} onClose={() => setEnding(null)}>
          <Button
            look="danger"
            onClick={() => act(api('POST /api/assignments/:assignmentId/end', { params: { assignmentId: ending.id } }))}
          >
            {t('staff.end')}
          </Button>
        </Confirm>
      )}
    </li>
  );
}
