import { useQuery } from '@tanstack/react-query';
import { CalendarCheck } from 'lucide-react';
import { useState } from 'react';
import type { IssuedCode } from '../../contract/codes.ts';
import type { Me } from '../../contract/identity.ts';
import type { PatientView } from '../../contract/patients.ts';
import type { StaffRole } from '../../contract/units.ts';
import { api } from '../app/api.ts';
import { powersOf } from '../app/me.ts';
import { careToday } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { emptyOrder, type OrderDraft, OrderFields, orderOf, wrongInOrder } from '../interpreter/OrderFields.tsx';
import { newId } from '../media/newId.ts';
import { PatientIdentity } from '../patients/PatientIdentity.tsx';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Check, Radios, Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSubmit } from '../ui/useSubmit.ts';
import { fieldsOf, momentOf } from './careTime.ts';
import { type DetailsDraft, DetailsFields, detailsOf, wrongIn } from './DetailsFields.tsx';
import { Doubled } from './Doubled.tsx';
import { FindTime } from './FindTime.tsx';
import { isSettled, type SeriesDraft, SeriesFields, type SeriesWanted, timesOf } from './SeriesFields.tsx';
import { isBedsideRole, type Picked, StaffPicker } from './StaffPicker.tsx';
import { noSuitability, SuitabilityFields, suitabilityOf } from './SuitabilityFields.tsx';
import { Things } from './Things.tsx';

type Props = {
  me: Me;
  unitId: string;
  patient: PatientView;
  request: string | null; // the visit that the patient asked for
  at: string | null; // a time that was agreed on
  minutes: string | null; // how long, when that is settled already
  carePlan: string | null; // whose meeting it is
  relatives: string[]; // those close to the patient who are to come
  onOther: () => void;
  onBooked: (booked: { visitId: string; codes: IssuedCode[]; preliminary: boolean; times: string[] }) => void;
};

const toggled =
  (id: string, on: boolean) =>
  (ids: string[]): string[] =>
    on ? [...ids, id] : ids.filter((other) => other !== id);

/** Guardians are asked by themselves for a child under thirteen; from then on the young person decides with staff. */
const guardiansUntil = 13;

export const yearsOld = (birthDate: string, today = careToday()): number =>
  Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (today.slice(5) < birthDate.slice(5) ? 1 : 0);

function self(me: Me, unitId: string): Picked {
  const held = me.assignments.find((one) => one.unitId === unitId) ?? me.assignments[0];
  const role: StaffRole = held?.role ?? 'nurse';
  const { userId, name, place } = me;
  return {
    userId,
    name,
    place,
    role,
    unitId: held?.unitId ?? unitId,
    unitName: held?.unitName ?? '',
    covered: true,
    host: true,
    atBedside: isBedsideRole({ role }),
  };
}

export function BookingForm({ me, unitId, patient, request, at, minutes, carePlan, relatives, onOther, onBooked }: Props) {
  const { t } = useWords();
  const [visitId] = useState(() => request ?? newId()); // a resend is the same visit
  const [draft, setDraft] = useState<DetailsDraft>(() => ({
    ...firstDraft(patient),
    ...(carePlan ? { now: false } : {}), // nobody who is summoned comes at once
    ...(at ? { ...fieldsOf(at), now: false } : {}),
    ...(minutes ? { durationMinutes: minutes } : {}),
  }));
  const [staff, setStaff] = useState<Picked[]>(() => [{ ...self(me, unitId), ...(carePlan ? { atBedside: false } : {}) }]);
  const [comes, setComes] = useState<'bedside' | 'ownDevice'>(staff.some(({ atBedside }) => atBedside) ? 'bedside' : 'ownDevice');
  const young = yearsOld(patient.birthDate) < guardiansUntil;
  const [relativeIds, setRelativeIds] = useState<string[]>(() =>
    patient.relatives.filter(({ id, role }) => (role === 'guardian' && young) || relatives.includes(id)).map(({ id }) => id),
  );
  const [consented, setConsented] = useState<string[]>([]);
  const [outside, setOutside] = useState('');
  const [typeId, setTypeId] = useState<string | null>(null);
  const [resourceIds, setResourceIds] = useState<string[]>([]);
  const [doubled, setDoubled] = useState('');
  const [suits, setSuits] = useState(noSuitability);
  const suitability = draft.modality === 'video' ? suitabilityOf(suits) : null;
  const [series, setSeries] = useState<SeriesDraft | null>(null);
  const repeating: SeriesWanted | null =
    draft.now || !draft.date || !draft.time
      ? null
      : {
          unitId,
          startsAt: momentOf(draft.date, draft.time),
          minutes: Number(draft.durationMinutes),
          minutesBefore: draft.minutesBefore,
          minutesAfter: draft.minutesAfter,
          userIds: staff.map(({ userId }) => userId),
          resourceIds,
        };
  const [interpreter, setInterpreter] = useState<OrderDraft | null>(null);
  const plan = useQuery({ queryKey: ['plan', unitId], queryFn: () => api('GET /api/units/:unitId/plan', { params: { unitId } }) }).data;
  const nameOf = useNameOf();
  const set = <K extends keyof DetailsDraft>(key: K, value: DetailsDraft[K]): void => setDraft((now) => ({ ...now, [key]: value }));
  const unasked = patient.relatives.filter(({ id, mayBePresent }) => relativeIds.includes(id) && !mayBePresent && !consented.includes(id));
  const { onSubmit, busy, errorOf, field, words } = useSubmit(
    () =>
      [
        patient.resident || outside.trim() ? undefined : 'outsideRegion',
        unasked.length > 0 ? 'consented' : undefined,
        ...(interpreter ? wrongInOrder(interpreter) : []),
        ...wrongIn(draft),
        series && !draft.now && !isSettled(series, repeating) ? 'series' : undefined,
        typeof suitability === 'string' ? suitability : undefined,
      ].filter((name) => name !== undefined),
    async () => {
      const seats = staff.map(({ userId, unitId: at, host, atBedside }) => ({ userId, unitId: at, host, atBedside }));
      const body = {
        ...detailsOf(draft),
        visitId,
        unitId,
        patientId: patient.id,
        patientComes: comes,
        staff: seats,
        relativeIds,
        consented,
        outsideRegion: outside.trim() || null,
        typeId,
        resourceIds,
        doubled: doubled.trim() || null,
        alsoAt: draft.now ? [] : timesOf(series),
        suitability: typeof suitability === 'string' ? null : suitability,
        interpreter: interpreter && orderOf(interpreter),
      };
      const made = await api('POST /api/visits', { body });
      if (carePlan) await api('PUT /api/care-plans/:planId/meeting', { params: { planId: carePlan }, body: { visitId } });
      onBooked({
        ...made,
        preliminary: body.interpreter !== null,
        times: [body.startsAt, ...body.alsoAt],
      });
    },
  );
  const chooseType = (id: string): void => {
    const type = plan?.types.find((one) => one.id === id);
    setTypeId(type?.id ?? null);
    if (!type) return;
    const { minutes, minutesBefore, minutesAfter, modality, resources } = type;
    setDraft((now) => ({ ...now, durationMinutes: String(minutes), minutesBefore, minutesAfter, modality }));
    const wanted = resources.map((kind) => plan?.resources.find((thing) => thing.kind === kind)?.id).filter((one) => one !== undefined);
    setResourceIds((now) => [...new Set([...now, ...wanted])]);
  };
  const takenId = field?.startsWith('taken.') ? field.slice('taken.'.length) : null;
  const calledBy = (id: string): string => {
    const one = staff.find(({ userId }) => userId === id);
    return one ? nameOf(one) : (plan?.resources.find((thing) => thing.id === id)?.name ?? t('slots.somebody'));
  };
  const mayDouble = powersOf(me).doubles.some((held) => held.unitId === unitId);
  return (
    <form onSubmit={onSubmit} noValidate style={{ display: 'contents' }}>
      {carePlan && <Notice>{t('book.planLead')}</Notice>}
      <Card title={t('book.who')} id="who">
        <PatientIdentity patient={patient} />
        {patient.bounced.length > 0 && <Notice look="problem">{t('reach.bounced', { address: patient.bounced.join(', ') })}</Notice>}
        {!patient.resident && (
          <>
            <Notice>{t('book.outsideRegion')}</Notice>
            <Field
              name="outsideRegion"
              label={t('book.outsideRegionWhy')}
              value={outside}
              onChange={setOutside}
              error={errorOf('outsideRegion')}
              maxLength={300}
            />
          </>
        )}
        <div>
          <Button onClick={onOther}>{t('book.otherPatient')}</Button>
        </div>
      </Card>
      <Card title={t('book.people')} id="people">
        {plan && plan.types.length > 0 && (
          <Select
            label={t('slots.type')}
            value={typeId ?? ''}
            onChange={chooseType}
            options={[{ value: '', label: t('slots.noType') }, ...plan.types.map(({ id, name }) => ({ value: id, label: name }))]}
          />
        )}
        {patient.fixedPhysician && <p>{t('continuity.isFixed', { name: nameOf({ ...patient.fixedPhysician, role: 'physician' }) })}</p>}
        <StaffPicker picked={staff} onPick={setStaff} error={errorOf('staff')} keepsLead={carePlan !== null} />
        <Radios
          legend={t('book.patientComes')}
          value={comes}
          onChange={setComes}
          options={[
            { value: 'bedside', label: t('book.comesBedside'), hint: t('book.comesBedsideHint') },
            { value: 'ownDevice', label: t('book.comesOwn'), hint: t('book.comesOwnHint') },
          ]}
        />
        {patient.relatives.length > 0 && (
          <fieldset style={{ display: 'grid', gap: 8 }}>
            <legend style={{ fontWeight: 600 }}>{t('book.relatives')}</legend>
            {!young && patient.relatives.some(({ role }) => role === 'guardian') && <p>{t('book.teenager')}</p>}
            {patient.relatives.map(({ id, name, role, relation, mayBePresent }) => (
              <div key={id}>
                <Check checked={relativeIds.includes(id)} onChange={(on) => setRelativeIds(toggled(id, on))}>
                  {name} ({relation ?? t(`role.${role}`)})
                </Check>
                {relativeIds.includes(id) && !mayBePresent && (
                  <div data-field="consented" style={{ paddingInlineStart: 24 }}>
                    <Check checked={consented.includes(id)} onChange={(on) => setConsented(toggled(id, on))}>
                      {t('consent.saysYes', { name })}
                    </Check>
                  </div>
                )}
              </div>
            ))}
            {errorOf('consented') && <Notice look="problem">{errorOf('consented')}</Notice>}
          </fieldset>
        )}
        <Check checked={interpreter !== null} onChange={(on) => setInterpreter(on ? emptyOrder : null)}>
          {t('interpreter.needed')}
        </Check>
        {interpreter && (
          <>
            <Notice>{t('interpreter.bookLead')}</Notice>
            <OrderFields draft={interpreter} onChange={setInterpreter} errorOf={errorOf} />
          </>
        )}
        <Things things={plan?.resources ?? []} chosen={resourceIds} onChange={setResourceIds} />
      </Card>
      <Card title={t('book.whenWhere')} id="when">
        <DetailsFields
          draft={draft}
          set={set}
          errorOf={errorOf}
          addressHidden={patient.addressHidden}
          mayBeNow
          times={
            !draft.now && (
              <FindTime
                wanted={{
                  unitId,
                  date: draft.date,
                  minutes: Number(draft.durationMinutes),
                  minutesBefore: draft.minutesBefore,
                  minutesAfter: draft.minutesAfter,
                  staff: staff.map(({ userId, unitId: at }) => ({ userId, unitId: at })),
                  resourceIds,
                }}
                chosen={draft.date && draft.time ? momentOf(draft.date, draft.time) : null}
                onChoose={(startsAt) => setDraft((now) => ({ ...now, ...fieldsOf(startsAt) }))}
              />
            )
          }
        />
        {!draft.now && <SeriesFields wanted={repeating} series={series} onSeries={setSeries} nameOf={calledBy} error={errorOf('series')} />}
      </Card>
      {draft.modality === 'video' && (
        <SuitabilityFields
          unitId={unitId}
          patientId={patient.id}
          draft={suits}
          onChange={setSuits}
          onPhysical={() => set('modality', 'physical')}
          errorOf={errorOf}
        />
      )}
      {words && <Notice look="problem">{words}</Notice>}
      {takenId && <Doubled takenName={calledBy(takenId)} why={doubled} onWhy={setDoubled} mayDouble={mayDouble} />}
      <Button type="submit" look="primary" wide disabled={busy} icon={<CalendarCheck aria-hidden size={22} />}>
        {t('book.submit')}
      </Button>
    </form>
  );
}

function firstDraft({ address, entrance, phone, language }: PatientView): DetailsDraft {
  const { date, time } = fieldsOf(new Date(Math.ceil(Date.now() / 900_000) * 900_000).toISOString());
  return {
    now: true,
    date,
    time,
    durationMinutes: '30',
    minutesBefore: 0,
    minutesAfter: 0,
    modality: 'video',
    place: '',
    address: address ?? '',
    entrance: entrance ?? '',
    callbackPhone: phone ?? '',
    language,
  };
}
