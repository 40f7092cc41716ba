import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import { partyKinds } from '../../contract/planKinds.ts';
import type { PartyKind } from '../../contract/planParties.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { newId } from '../media/newId.ts';
import { Fetched } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Radios, Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { usePlanAct } from './usePlan.ts';
import { useRelatives } from './YesForm.tsx';

type From = 'directory' | 'relative' | 'other';

/** Somebody who is needed: a unit of the directory, somebody close to the person, or another. */
export function AddParty({ plan, onDone }: { plan: CarePlan; onDone: () => void }) {
  const { t } = useWords();
  const [from, setFrom] = useState<From>('directory');
  return (
    <section className={card.fold} aria-label={t('carePlan.addParty')}>
      <Radios
        legend={t('carePlan.whoIsNeeded')}
        value={from}
        onChange={setFrom}
        beside
        options={(['directory', 'relative', 'other'] as const).map((value) => ({ value, label: t(`carePlan.from.${value}`) }))}
      />
      {from === 'directory' && <FromDirectory plan={plan} onDone={onDone} />}
      {from === 'relative' && <FromRelatives plan={plan} onDone={onDone} />}
      {from === 'other' && <Other plan={plan} onDone={onDone} />}
      <div>
        <Button look="quiet" onClick={onDone}>
          {t('app.cancel')}
        </Button>
      </div>
    </section>
  );
}

type Props = { plan: CarePlan; onDone: () => void };

function FromDirectory({ plan, onDone }: Props) {
  const { t } = useWords();
  const { act, busy, problem } = usePlanAct(plan);
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim());
  const found = useQuery({
    queryKey: ['directory', wanted],
    queryFn: () => api('POST /api/directory/search', { body: { search: wanted } }),
    placeholderData: (before) => before,
  });
  const add = async (directoryId: string): Promise<void> => {
    const body = { from: 'directory' as const, partyId: newId(), directoryId };
    if (await act(() => api('POST /api/care-plans/:planId/parties', { params: { planId: plan.id }, body }))) onDone();
  };
  return (
    <>
      <Field name="search" label={t('carePlan.searchDirectory')} value={search} onChange={setSearch} autoComplete="off" maxLength={120} />
      {problem && <Notice look="problem">{problem}</Notice>}
      <Fetched of={found}>
        {(units) => (
          <ul className={card.list}>
            {units.length === 0 && <li>{t('carePlan.noneFound')}</li>}
            {units.map(({ id, name, principal, channel, system }) => (
              <li key={id}>
                <div className={card.grow}>
                  <p>
                    <strong>{name}</strong>
                  </p>
                  <p className={card.soft}>
                    {principal} · {t(`carePlan.channel.${channel}`, { system: system ?? '' })}
                  </p>
                </div>
                <Button disabled={busy} aria-label={t('carePlan.addOne', { name: `${name}, ${principal}` })} onClick={() => void add(id)}>
                  {t('carePlan.add')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Fetched>
    </>
  );
}

function FromRelatives({ plan, onDone }: Props) {
  const { t } = useWords();
  const { act, busy, problem } = usePlanAct(plan);
  const relatives = useRelatives(plan).filter(({ id }) => !plan.parties.some(({ relativeId }) => relativeId === id));
  const add = async (relativeId: string): Promise<void> => {
    const body = { from: 'relative' as const, partyId: newId(), relativeId };
    if (await act(() => api('POST /api/care-plans/:planId/parties', { params: { planId: plan.id }, body }))) onDone();
  };
  return (
    <>
      {problem && <Notice look="problem">{problem}</Notice>}
      {relatives.length === 0 && <p>{t('carePlan.noRelatives')}</p>}
      <ul className={card.list}>
        {relatives.map(({ id, name, role, relation }) => (
          <li key={id}>
            <p className={card.grow}>
              <strong>{name}</strong> {relation ?? t(`role.${role}`)}
            </p>
            <Button disabled={busy} aria-label={t('carePlan.addOne', { name })} onClick={() => void add(id)}>
              {t('carePlan.add')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Other({ plan, onDone }: Props) {
  const { t } = useWords();
  const { act, busy, problem } = usePlanAct(plan);
  const [kind, setKind] = useState<PartyKind>('other');
  const [name, setName] = useState('');
  const [contact, setContact] = useState('');
  const [wrong, setWrong] = useState(false);
  const add = async (): Promise<void> => {
    setWrong(!name.trim());
    if (!name.trim()) return;
    const body = { from: 'other' as const, partyId: newId(), kind, name, contact: contact.trim() || null };
    if (await act(() => api('POST /api/care-plans/:planId/parties', { params: { planId: plan.id }, body }))) onDone();
  };
  return (
    <>
      <div className={card.pair}>
        <Select
          label={t('carePlan.kindOfParty')}
          value={kind}
          onChange={setKind}
          options={partyKinds.map((value) => ({ value, label: t(`carePlan.partyKind.${value}`) }))}
        />
        <Field
          name="partyName"
          label={t('carePlan.partyName')}
          value={name}
          onChange={setName}
          maxLength={120}
          error={wrong ? t('field.partyName') : undefined}
        />
        <Field name="contact" label={t('carePlan.contact')} value={contact} onChange={setContact} maxLength={120} />
      </div>
      {problem && <Notice look="problem">{problem}</Notice>}
      <div>
        <Button look="primary" disabled={busy} onClick={() => void add()}>
          {t('carePlan.add')}
        </Button>
      </div>
    </>
  );
}
