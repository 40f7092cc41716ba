import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { IssuedCode } from '../../contract/codes.ts';
import type { VisitRecord } from '../../contract/record.ts';
import { api } from '../app/api.ts';
import { useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { ColleagueSearch, isBedsideRole } from '../booking/StaffPicker.tsx';
import { AskSpecialist } from '../referrals/AskSpecialist.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Check } from '../ui/Choices.tsx';
import { Notice } from '../ui/Notice.tsx';
import { AskGuest } from './AskGuest.tsx';
import { useAct } from './useAct.ts';

/** Asks one more to a visit: oneself, a colleague, somebody close to the patient, or the patient on a device of their own. */
export function AskPeople({ record, onCode }: { record: VisitRecord; onCode: (issued: IssuedCode) => void }) {
  const { t } = useWords();
  const me = useMe();
  const [open, setOpen] = useState(false);
  const { act, busy, problem } = useAct(record.id);
  const params = { visitId: record.id };
  const held = me?.assignments.find(({ unitId }) => unitId === record.unit.id) ?? me?.assignments[0];
  type Asked = NonNullable<Parameters<typeof api<'POST /api/visits/:visitId/people'>>[1]>['body'];
  const ask = (body: Asked): void =>
    void act(async () => {
      const { code } = await api('POST /api/visits/:visitId/people', { params, ...(body ? { body } : {}) });
      if (code) onCode(code);
    });
  const mine = record.may.enter;
  return (
    <>
      <div className={css.row}>
        {!mine && me && held && (
          <Button
            disabled={busy}
            onClick={() => ask({ kind: 'staff', userId: me.userId, unitId: held.unitId, host: false, atBedside: isBedsideRole(held) })}
          >
            {t('record.takePart')}
          </Button>
        )}
        <Button icon={<UserPlus aria-hidden size={20} />} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('record.ask')}
        </Button>
        <AskSpecialist visitId={record.id} />
      </div>
      {problem && <Notice look="problem">{problem}</Notice>}
      {open && (
        <>
          <Close record={record} busy={busy} onRelative={(relativeId, consented) => ask({ kind: 'relative', relativeId, consented })} />
          {!record.people.some(({ role, status }) => role === 'patient' && status !== 'removed') && (
            <div>
              <Button disabled={busy} onClick={() => ask({ kind: 'patient' })}>
                {t('record.askPatient')}
              </Button>
            </div>
          )}
          <AskGuest busy={busy} onAsk={ask} />
          <ColleagueSearch
            without={[]}
            onAdd={({ userId, unitId, role }) => ask({ kind: 'staff', userId, unitId, host: false, atBedside: isBedsideRole({ role }) })}
          />
        </>
      )}
    </>
  );
}

/** Those close to the patient, if the actor may see the patient; a colleague of another organisation does not. */
function Close({
  record,
  busy,
  onRelative,
}: {
  record: VisitRecord;
  busy: boolean;
  onRelative: (relativeId: string, consented: boolean) => void;
}) {
  const { t } = useWords();
  const { patientId } = record;
  const patient = useQuery({
    queryKey: ['patient', patientId],
    queryFn: () => api('GET /api/patients/:patientId', { params: { patientId } }),
    retry: false,
  });
  const names = record.people.filter(({ status }) => status !== 'removed').map(({ name }) => name);
  const left = (patient.data?.relatives ?? []).filter(({ name }) => !names.includes(name));
  const [consented, setConsented] = useState<string[]>([]);
  if (left.length === 0) return null;
  return (
    <ul className={css.list} aria-label={t('relatives.title')}>
      {left.map(({ id, name, relation, mayBePresent }) => (
        <li key={id}>
          <span className={css.grow}>
            {name} {relation}
          </span>
          {!mayBePresent && (
            <Check
              checked={consented.includes(id)}
              onChange={(on) => setConsented((ids) => (on ? [...ids, id] : ids.filter((other) => other !== id)))}
            >
              {t('consent.saysYes', { name })}
            </Check>
          )}
          <Button
            disabled={busy || !(mayBePresent || consented.includes(id))}
            aria-label={t('book.addName', { name })}
            onClick={() => onRelative(id, consented.includes(id))}
          >
            {t('book.add')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
