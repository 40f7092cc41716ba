import { useState } from 'react';
import type { IssuedCode } from '../../contract/codes.ts';
import type { VisitRecord } from '../../contract/record.ts';
import type { ParticipantView } from '../../contract/visits.ts';
import { api } from '../app/api.ts';
import { bothClocks } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Code } from '../office/Codes.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf, useRoleAndPlace } from '../ui/person.ts';
import { AskPeople } from './AskPeople.tsx';
import { SlotForm } from './SlotForm.tsx';
import { useAct } from './useAct.ts';

const guests: ParticipantView['role'][] = ['patient', 'relative', 'guardian', 'trustee', 'interpreter', 'observer'];

const close: ParticipantView['role'][] = ['relative', 'guardian', 'trustee'];

/** Everybody of the visit; codes for those who come by link; one more, or one less. */
export function People({ record }: { record: VisitRecord }) {
  const { t, language } = useWords();
  const { act, busy, problem } = useAct(record.id);
  const [issued, setIssued] = useState<IssuedCode | null>(null);
  const [slotFor, setSlotFor] = useState<ParticipantView | null>(null);
  const begins = Date.parse(record.details.startsAt);
  const timeOf = (minutes: number): string => bothClocks(new Date(begins + minutes * 60_000).toISOString(), language).care;
  const people = record.people.filter(({ seat, status }) => seat === 'own' && status !== 'removed');
  const open = record.may.change;
  const params = (participantId: string) => ({ visitId: record.id, participantId });
  return (
    <Card title={t('record.people')} id="people">
      <ul className={css.list}>
        {people.map((person) => (
          <Participant key={person.id} person={person}>
            {open && guests.includes(person.role) && (
              <Button
                disabled={busy}
                onClick={() =>
                  void act(async () =>
                    setIssued(await api('POST /api/visits/:visitId/people/:participantId/code', { params: params(person.id) })),
                  )
                }
              >
                {t('codes.newFor', { name: person.name ?? '' })}
              </Button>
            )}
            {open && close.includes(person.role) && (
              <Button aria-label={t('slot.set', { name: person.name ?? '' })} onClick={() => setSlotFor(person)}>
                {person.slot
                  ? t('slot.is', { from: timeOf(person.slot.after), until: timeOf(person.slot.after + person.slot.minutes) })
                  : t('slot.title')}
              </Button>
            )}
            {open && !person.host && (
              <TakeOff
                person={person}
                busy={busy}
                onTakeOff={() =>
                  void act(() => api('POST /api/visits/:visitId/people/:participantId/withdraw', { params: params(person.id) }))
                }
              />
            )}
          </Participant>
        ))}
      </ul>
      {slotFor && <SlotForm key={slotFor.id} record={record} person={slotFor} onDone={() => setSlotFor(null)} />}
      {problem && <Notice look="problem">{problem}</Notice>}
      {issued && <Code issued={issued} />}
      {open && <AskPeople record={record} onCode={setIssued} />}
    </Card>
  );
}

function Participant({ person, children }: { person: ParticipantView; children: React.ReactNode }) {
  const { t } = useWords();
  const nameOf = useNameOf();
  const roleAndPlace = useRoleAndPlace();
  return (
    <li>
      <div className={css.grow}>
        <p>
          <strong>{nameOf(person)}</strong>
        </p>
        {person.name && <p className={css.soft}>{roleAndPlace(person)}</p>}
      </div>
      {person.host && <span className={css.badge}>{t('book.leads')}</span>}
      {person.atBedside && <span className={css.badge}>{t('book.atBedside')}</span>}
      {person.failedCodes > 0 && <span className={`${css.badge} ${css.warn}`}>{t('codes.failures', { count: person.failedCodes })}</span>}
      {children}
    </li>
  );
}

function TakeOff({ person, busy, onTakeOff }: { person: ParticipantView; busy: boolean; onTakeOff: () => void }) {
  const { t } = useWords();
  const name = useNameOf()(person);
  return (
    <Button disabled={busy} aria-label={t('book.takeOff', { name })} onClick={onTakeOff}>
      {t('record.takeOff')}
    </Button>
  );
}
