import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import { doneStates, isPrincipal } from '../../contract/planKinds.ts';
import type { PartyView } from '../../contract/planParties.ts';
import type { PartView } from '../../contract/planParts.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Overtaken } from '../office/Overtaken.tsx';
import { useEdit } from '../office/useEdit.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Radios, Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSubmit } from '../ui/useSubmit.ts';

type Props = { plan: CarePlan; part: PartView; name: string; onDone: () => void };

const storedOf = ({ chosen, version }: PartView) => ({ ...chosen, version });

/** Who answers for it, by name, when, and how far it has come. What somebody else changed meanwhile is shown, not lost. */
export function ChosenForm({ plan, part, name, onDone }: Props) {
  const { t } = useWords();
  const edit = useEdit(storedOf(part));
  const [staff] = useState(plan.may.coordinate || plan.you.partyId !== null);
  const { values, set, contested } = edit;
  const called = useNameOf();
  const owners = useQuery({
    queryKey: ['carePlan', plan.id, 'owners', values.partyId],
    queryFn: () => api('GET /api/care-plans/:planId/owners', { params: { planId: plan.id } }),
    enabled: staff,
    refetchOnWindowFocus: false,
  }).data?.filter(({ partyId }) => partyId === values.partyId);
  const params = { planId: plan.id, partId: part.id };
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => undefined,
    async () => {
      const { partyId, owner, ownerUserId, on, status } = values;
      const body = { partyId, owner: owner?.trim() || null, ownerUserId, on: on || null, status, basedOn: edit.version };
      await api('PUT /api/care-plans/:planId/parts/:partId', { params, body });
      onDone();
    },
    () => {
      void api('GET /api/care-plans/:planId', { params: { planId: plan.id } }).then(({ parts }) => {
        const now = parts.find(({ id }) => id === part.id);
        if (now) edit.overtake(storedOf(now));
      });
    },
  );
  const parties = part.kind === 'intervention' ? plan.parties.filter(({ kind }) => isPrincipal(kind)) : plan.parties;
  // Somebody may be made responsible who has not come yet, but not without its being seen.
  const labelOf = ({ name, summons }: PartyView): string =>
    summons && summons.answer !== 'accepted' ? `${name} (${t('carePlan.notComing')})` : name;
  const nameOf = (partyId: string | null): string => plan.parties.find(({ id }) => id === partyId)?.name ?? '';
  const labels = {
    partyId: t('carePlan.responsibleParty'),
    owner: t('carePlan.owner'),
    ownerUserId: t('carePlan.ownerAccount'),
    on: t('carePlan.due'),
    status: t('carePlan.status'),
  };
  const shown = (key: keyof typeof labels): string => {
    const value = edit.theirs?.[key] ?? null;
    if (key === 'partyId') return nameOf(value);
    return key === 'status' ? t(`carePlan.statusOf.${edit.theirs?.status ?? 'planned'}`) : String(value ?? '');
  };
  return (
    <form onSubmit={onSubmit} noValidate className={card.fold} aria-label={t('carePlan.chooseFor', { name })}>
      <Overtaken
        happened={edit.theirs !== null}
        contested={contested.flatMap((key) => (key === 'version' ? [] : [{ key, label: labels[key], theirs: shown(key) }]))}
        onChoose={edit.choose}
      />
      {plan.may.write && (
        <div className={card.pair}>
          <Select
            name="partyId"
            label={labels.partyId}
            value={values.partyId ?? ''}
            onChange={(partyId) => {
              set('partyId', partyId || null);
              set('ownerUserId', null);
            }}
            error={errorOf('partyId')}
            options={[{ value: '', label: t('carePlan.choose') }, ...parties.map((party) => ({ value: party.id, label: labelOf(party) }))]}
          />
          {owners && owners.length > 0 && (
            <Select
              name="ownerUserId"
              label={labels.ownerUserId}
              value={values.ownerUserId ?? ''}
              onChange={(userId) => {
                set('ownerUserId', userId || null);
                const owner = owners.find((one) => one.userId === userId);
                if (owner) set('owner', called(owner));
              }}
              options={[{ value: '', label: t('carePlan.noAccount') }, ...owners.map((one) => ({ value: one.userId, label: called(one) }))]}
            />
          )}
          <Field
            name="owner"
            label={labels.owner}
            value={values.owner ?? ''}
            onChange={(owner) => set('owner', owner)}
            error={errorOf('owner')}
            maxLength={120}
          />
          <Field
            name="on"
            type="date"
            label={labels.on}
            value={values.on ?? ''}
            onChange={(on) => set('on', on || null)}
            error={errorOf('on')}
          />
        </div>
      )}
      <Radios
        legend={labels.status}
        value={values.status}
        onChange={(status) => set('status', status)}
        beside
        options={doneStates.map((value) => ({ value, label: t(`carePlan.statusOf.${value}`) }))}
      />
      {words && <Notice look="problem">{words}</Notice>}
      <div className={card.row}>
        <Button type="submit" look="primary" disabled={busy || contested.length > 0}>
          {t('edit.save')}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {t('app.cancel')}
        </Button>
      </div>
    </form>
  );
}
