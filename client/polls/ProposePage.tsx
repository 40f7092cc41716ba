import { useQuery } from '@tanstack/react-query';
import { CalendarPlus, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { PatientView } from '../../contract/patients.ts';
import type { PollInvitee } from '../../contract/polls.ts';
import { api } from '../app/api.ts';
import { powersOf, useMe } from '../app/me.ts';
import { bothClocks, careToday, dayAfter, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { momentOf } from '../booking/careTime.ts';
import { FindTime } from '../booking/FindTime.tsx';
import { ColleagueSearch, type Picked, StaffPicker } from '../booking/StaffPicker.tsx';
import { newId } from '../media/newId.ts';
import { CopyButton } from '../office/Codes.tsx';
import { Fetched, Office } from '../office/Office.tsx';
import { PatientIdentity } from '../patients/PatientIdentity.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Check, Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSubmit } from '../ui/useSubmit.ts';

/** Asks those whose calendars are not shared which of some times suit them. */
export default function ProposePage() {
  const { t } = useWords();
  const { patientId = '' } = useParams();
  return (
    <Office title={t('poll.propose')} for="takesPart">
      <Patient patientId={patientId} />
    </Office>
  );
}

function Patient({ patientId }: { patientId: string }) {
  const { t } = useWords();
  const me = useMe();
  const [query] = useSearchParams();
  const found = useQuery({
    queryKey: ['patient', patientId],
    queryFn: () => api('GET /api/patients/:patientId', { params: { patientId } }),
  });
  return (
    <Fetched of={found}>
      {(patient) => {
        const care = me ? powersOf(me).care : [];
        const here = care.find(({ unitId }) => patient.units.some(({ id }) => id === unitId));
        if (!here) return <p>{t('book.noUnit')}</p>;
        return <Propose patient={patient} unitId={here.unitId} request={query.get('request')} />;
      }}
    </Fetched>
  );
}

type Invitee = PollInvitee & { key: string; label: string };
type Link = { name: string; path: string };

function Propose({ patient, unitId, request }: { patient: PatientView; unitId: string; request: string | null }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const [visitId] = useState(() => request ?? newId()); // a resend is the same
  const [minutes, setMinutes] = useState('45');
  const [staff, setStaff] = useState<Picked[]>([]);
  const [date, setDate] = useState(dayAfter(careToday(), 7));
  const [time, setTime] = useState('');
  const [options, setOptions] = useState<string[]>([]);
  const [invitees, setInvitees] = useState<Invitee[]>([]);
  const [links, setLinks] = useState<Link[] | null>(null);
  const [past, setPast] = useState(false);
  const add = (startsAt: string): void => {
    setPast(Date.parse(startsAt) <= Date.now());
    if (Date.parse(startsAt) > Date.now()) setOptions((now) => [...new Set([...now, startsAt])].toSorted());
  };
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (options.length >= 2 ? (invitees.length > 0 ? undefined : 'invitees') : 'options'),
    async () => {
      const asked = invitees.map(({ key: _, label: __, ...invitee }) => invitee);
      const body = { visitId, unitId, patientId: patient.id, minutes: Number(minutes), options, invitees: asked };
      setLinks((await api('POST /api/polls', { body })).links);
    },
  );
  if (links)
    return (
      <>
        <Notice>{t('poll.asked')}</Notice>
        {links.length > 0 && (
          <Card title={t('poll.links')} id="links">
            <p>{t('poll.linksLead')}</p>
            <ul className={css.list}>
              {links.map(({ name, path }) => (
                <li key={path}>
                  <p className={css.grow} style={{ overflowWrap: 'anywhere' }}>
                    <strong>{name}</strong> {location.origin + path}
                  </p>
                  <CopyButton text={location.origin + path} label={t('poll.copy', { name })} />
                </li>
              ))}
            </ul>
          </Card>
        )}
        <div>
          <Button look="primary" onClick={() => void navigate(`/visits/${visitId}/record`)}>
            {t('poll.toAnswers')}
          </Button>
        </div>
      </>
    );
  return (
    <form onSubmit={onSubmit} noValidate style={{ display: 'contents' }}>
      <Card title={t('book.who')} id="who">
        <PatientIdentity patient={patient} />
      </Card>
      <Card title={t('poll.times')} id="options">
        <Select
          label={t('book.duration')}
          value={minutes}
          onChange={setMinutes}
          options={['15', '30', '45', '60', '90', '120'].map((value) => ({ value, label: t('book.minutes', { count: Number(value) }) }))}
        />
        <p>{t('poll.shared')}</p>
        <StaffPicker picked={staff} onPick={setStaff} error={undefined} />
        <div className={css.pair}>
          <Field
            name="date"
            type="date"
            label={t('book.date')}
            value={date}
            onChange={setDate}
            error={past ? t('field.startsAt') : undefined}
          />
          <Field name="time" type="time" label={t('book.time')} value={time} onChange={setTime} />
        </div>
        <div>
          <Button disabled={!date || !time} icon={<CalendarPlus aria-hidden size={20} />} onClick={() => add(momentOf(date, time))}>
            {t('poll.addTime')}
          </Button>
        </div>
        {staff.length > 0 && (
          <FindTime
            wanted={{
              unitId,
              date,
              minutes: Number(minutes),
              minutesBefore: 0,
              minutesAfter: 0,
              staff: staff.map(({ userId, unitId: at }) => ({ userId, unitId: at })),
              resourceIds: [],
            }}
            chosen={null}
            onChoose={add}
          />
        )}
        <ul className={css.list} aria-label={t('poll.offered')} data-field="options">
          {options.map((startsAt) => {
            const when = `${dayOf(startsAt, language)} ${bothClocks(startsAt, language).care}`;
            return (
              <li key={startsAt}>
                <p className={css.grow}>
                  <strong>{when}</strong>
                </p>
                <Button
                  aria-label={t('poll.removeTime', { when })}
                  icon={<Trash2 aria-hidden size={20} />}
                  onClick={() => setOptions(options.filter((other) => other !== startsAt))}
                />
              </li>
            );
          })}
        </ul>
        {options.length < 2 && errorOf('options') && <Notice look="problem">{errorOf('options')}</Notice>}
      </Card>
      <Invitees
        patient={patient}
        invitees={invitees}
        onInvitees={setInvitees}
        error={invitees.length === 0 ? errorOf('invitees') : undefined}
      />
      {words && <Notice look="problem">{words}</Notice>}
      <Button type="submit" look="primary" wide disabled={busy} icon={<Send aria-hidden size={22} />}>
        {t('poll.ask')}
      </Button>
    </form>
  );
}

type InviteesProps = { patient: PatientView; invitees: Invitee[]; onInvitees: (invitees: Invitee[]) => void; error: string | undefined };

function Invitees({ patient, invitees, onInvitees, error }: InviteesProps) {
  const { t } = useWords();
  const nameOf = useNameOf();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [wrong, setWrong] = useState(false);
  const toggle = (invitee: Invitee, on: boolean): void =>
    onInvitees(on ? [...invitees, invitee] : invitees.filter(({ key }) => key !== invitee.key));
  const others = invitees.filter(({ kind }) => kind !== 'relative');
  return (
    <Card title={t('poll.whom')} id="invitees">
      {patient.relatives.map(({ id, name: label, role, relation }) => (
        <Check
          key={id}
          checked={invitees.some(({ key }) => key === id)}
          onChange={(on) => toggle({ kind: 'relative', relativeId: id, key: id, label }, on)}
        >
          {label} ({relation ?? t(`role.${role}`)})
        </Check>
      ))}
      {others.length > 0 && (
        <ul className={css.list} aria-label={t('poll.whom')}>
          {others.map((one) => (
            <li key={one.key}>
              <p className={css.grow}>{one.label}</p>
              <Button
                aria-label={t('book.takeOff', { name: one.label })}
                icon={<Trash2 aria-hidden size={20} />}
                onClick={() => toggle(one, false)}
              />
            </li>
          ))}
        </ul>
      )}
      <ColleagueSearch
        without={[]}
        onAdd={(colleague) => {
          const { userId } = colleague;
          if (!invitees.some(({ key }) => key === userId))
            toggle({ kind: 'staff', userId, key: userId, label: `${nameOf(colleague)}, ${colleague.unitName}` }, true);
        }}
      />
      <fieldset style={{ display: 'grid', gap: 12 }}>
        <legend style={{ fontWeight: 600 }}>{t('poll.other')}</legend>
        <div className={css.pair}>
          <Field name="otherName" label={t('poll.otherName')} value={name} onChange={setName} maxLength={120} autoComplete="off" />
          <Field
            name="otherEmail"
            type="email"
            label={t('reach.email')}
            hint={t('poll.otherEmailHint')}
            value={email}
            onChange={setEmail}
            maxLength={254}
            autoComplete="off"
            error={wrong ? t('field.email') : undefined}
          />
        </div>
        <div>
          <Button
            disabled={!name.trim()}
            onClick={() => {
              const bad = email.trim() !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim());
              setWrong(bad);
              if (bad) return;
              toggle({ kind: 'other', name, email: email.trim() || null, key: newId(), label: name }, true);
              setName('');
              setEmail('');
            }}
          >
            {t('poll.addOther')}
          </Button>
        </div>
      </fieldset>
      {error && <Notice look="problem">{error}</Notice>}
    </Card>
  );
}
