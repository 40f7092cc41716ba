import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import { isPrincipal } from '../../contract/planKinds.ts';
import { api } from '../app/api.ts';
import { careToday, dateOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Overtaken } from '../office/Overtaken.tsx';
import { useEdit } from '../office/useEdit.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Card, Facts } from '../ui/Card.tsx';
import { Check, Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSubmit } from '../ui/useSubmit.ts';
import { usePlanAct } from './usePlan.ts';

/** Who has the overall responsibility, who coordinates, and when it is followed up. */
export function Lead({ plan }: { plan: CarePlan }) {
  const { t, language } = useWords();
  const [writing, setWriting] = useState(false);
  const { parties, responsiblePartyId, coordinator, followUpOn, noOtherMeasures, may } = plan;
  if (writing) return <Form plan={plan} onDone={() => setWriting(false)} />;
  return (
    <Card title={t('carePlan.leadTitle')} id="lead">
      <Facts
        facts={[
          [t('carePlan.overall'), parties.find(({ id }) => id === responsiblePartyId)?.name ?? t('carePlan.nobodyYet')],
          [t('carePlan.coordinator'), coordinator],
          [t('carePlan.followUp'), followUpOn ? dateOf(followUpOn, language) : t('carePlan.noDateYet')],
          [t('carePlan.others'), noOtherMeasures ? t('carePlan.noOtherMeasures') : null],
        ]}
      />
      {may.coordinate && may.write && (
        <div>
          <Button aria-label={t('carePlan.changeLead')} onClick={() => setWriting(true)}>
            {t('edit.change')}
          </Button>
        </div>
      )}
    </Card>
  );
}

const leadOf = ({ responsiblePartyId, coordinatorId, followUpOn, noOtherMeasures }: CarePlan) => ({
  responsiblePartyId: responsiblePartyId ?? '',
  coordinatorId: coordinatorId ?? '',
  followUpOn: followUpOn ?? '',
  noOtherMeasures,
});
const storedOf = (plan: CarePlan) => ({ ...leadOf(plan), version: plan.version });

function Form({ plan, onDone }: { plan: CarePlan; onDone: () => void }) {
  const { t } = useWords();
  const { act } = usePlanAct(plan);
  const edit = useEdit(storedOf(plan));
  const { responsiblePartyId, coordinatorId, followUpOn, noOtherMeasures } = edit.values;
  const stored = JSON.stringify(leadOf(plan));
  const known = useRef(stored);
  // The plan changes all the time while it is talked of; what is typed here gives way to nothing.
  useEffect(() => {
    if (known.current !== stored) edit.overtake(storedOf(plan));
    known.current = stored;
  });
  const colleagues = useQuery({
    queryKey: ['carePlan', plan.id, 'owners'],
    queryFn: () => api('GET /api/care-plans/:planId/owners', { params: { planId: plan.id } }),
    refetchOnWindowFocus: false,
  }).data?.filter(({ coordinates }) => coordinates);
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (followUpOn && followUpOn <= careToday() ? 'followUpOn' : undefined),
    async () => {
      const body = {
        ...{ responsiblePartyId: responsiblePartyId || null, coordinatorId: coordinatorId || null },
        ...{ followUpOn: followUpOn || null, noOtherMeasures, basedOn: plan.version },
      };
      await api('PUT /api/care-plans/:planId/lead', { params: { planId: plan.id }, body });
      await act(async () => undefined);
      onDone();
    },
  );
  const labels = {
    responsiblePartyId: t('carePlan.overall'),
    coordinatorId: t('carePlan.coordinator'),
    followUpOn: t('carePlan.followUp'),
    noOtherMeasures: t('carePlan.others'),
  };
  const shown = (key: keyof typeof labels): string => {
    if (key === 'responsiblePartyId') return plan.parties.find(({ id }) => id === plan.responsiblePartyId)?.name ?? '';
    if (key === 'coordinatorId') return plan.coordinator ?? '';
    return key === 'followUpOn' ? (plan.followUpOn ?? '') : plan.noOtherMeasures ? t('carePlan.noOtherMeasures') : '';
  };
  const called = useNameOf();
  const principals = plan.parties.filter(({ kind }) => isPrincipal(kind));
  const staff = colleagues ?? [];
  return (
    <Card title={t('carePlan.leadTitle')} id="lead">
      <form onSubmit={onSubmit} noValidate style={{ display: 'contents' }} aria-label={t('carePlan.leadTitle')}>
        <Overtaken
          happened={edit.contested.length > 0}
          contested={edit.contested.flatMap((key) => (key === 'version' ? [] : [{ key, label: labels[key], theirs: shown(key) }]))}
          onChoose={edit.choose}
        />
        <p className={card.soft}>{t('carePlan.ownUnitToo')}</p>
        <div className={card.pair}>
          <Select
            name="responsiblePartyId"
            label={t('carePlan.overall')}
            value={responsiblePartyId}
            onChange={(id) => edit.set('responsiblePartyId', id)}
            error={errorOf('responsiblePartyId')}
            options={[{ value: '', label: t('carePlan.choose') }, ...principals.map(({ id, name }) => ({ value: id, label: name }))]}
          />
          <Select
            name="coordinatorId"
            label={t('carePlan.coordinator')}
            value={coordinatorId}
            onChange={(id) => edit.set('coordinatorId', id)}
            error={errorOf('coordinatorId')}
            options={[
              { value: '', label: t('carePlan.choose') },
              ...(plan.coordinatorId && !staff.some(({ userId }) => userId === plan.coordinatorId)
                ? [{ value: plan.coordinatorId, label: plan.coordinator ?? '' }]
                : []),
              ...staff.map((one) => ({ value: one.userId, label: called(one) })),
            ]}
          />
          <Field
            name="followUpOn"
            type="date"
            label={t('carePlan.followUp')}
            value={followUpOn}
            onChange={(on) => edit.set('followUpOn', on)}
            error={errorOf('followUpOn')}
          />
        </div>
        <Check checked={noOtherMeasures} onChange={(none) => edit.set('noOtherMeasures', none)}>
          {t('carePlan.noOtherMeasures')}
        </Check>
        {words && <Notice look="problem">{words}</Notice>}
        <div className={card.row}>
          <Button type="submit" look="primary" disabled={busy || edit.contested.length > 0}>
            {t('edit.save')}
          </Button>
          <Button look="quiet" onClick={onDone}>
            {t('app.cancel')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
