import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Building2, Plus } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { OrganisationView, UnitView } from '../../contract/units.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Fetched, Office } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { MedicalDevice } from './MedicalDevice.tsx';
import { UnitForm } from './UnitForm.tsx';

/** Organisations and their units. */
export default function UnitsPage() {
  const { t } = useWords();
  return (
    <Office title={t('units.title')} for="administers">
      <Organisations />
    </Office>
  );
}

function Organisations() {
  const found = useQuery({ queryKey: ['organisations'], queryFn: () => api('GET /api/organisations') });
  return (
    <Fetched of={found}>
      {({ organisations, mayAddOrganisations }) => (
        <>
          {organisations.map((organisation) => (
            <Organisation key={organisation.id} organisation={organisation} />
          ))}
          {mayAddOrganisations && <NewOrganisation />}
        </>
      )}
    </Fetched>
  );
}

function Organisation({ organisation }: { organisation: OrganisationView }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [editing, setEditing] = useState<UnitView | 'new' | null>(null);
  const { id, name, kind, units } = organisation;
  return (
    <Card title={name} id={`organisation-${id}`}>
      <p className={css.soft}>{t(`organisationKind.${kind}`)}</p>
      {units.length === 0 && <p>{t('units.none')}</p>}
      <ul className={css.list}>
        {units.map((unit) => (
          <li key={unit.id}>
            <div className={css.grow}>
              <p>
                <strong>{unit.name}</strong>
              </p>
              <p className={css.soft}>
                {t(`unitKind.${unit.kind}`)} · {unit.phone}
              </p>
            </div>
            <Button look="primary" aria-label={t('units.staffOf', { name: unit.name })} onClick={() => void navigate(`/units/${unit.id}`)}>
              {t('units.staff')}
            </Button>
            <Button aria-label={t('units.planOf', { name: unit.name })} onClick={() => void navigate(`/units/${unit.id}/plan`)}>
              {t('app.plan')}
            </Button>
            <Button aria-label={t('units.changeName', { name: unit.name })} onClick={() => setEditing(unit)}>
              {t('edit.change')}
            </Button>
          </li>
        ))}
      </ul>
      {editing ? (
        <UnitForm
          key={editing === 'new' ? 'new' : editing.id}
          organisationId={id}
          unit={editing === 'new' ? null : editing}
          onDone={() => setEditing(null)}
        />
      ) : (
        <div>
          <Button icon={<Plus aria-hidden size={22} />} aria-label={t('units.addTo', { name })} onClick={() => setEditing('new')}>
            {t('units.add')}
          </Button>
        </div>
      )}
      <MedicalDevice key={organisation.medicalDeviceDecision} organisation={organisation} />
    </Card>
  );
}

type Kind = OrganisationView['kind'];

function NewOrganisation() {
  const { t } = useWords();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<Kind>('municipality');
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (name.trim() ? undefined : 'name'),
    async () => {
      await api('POST /api/organisations', { body: { name, kind } });
      setName('');
      await queries.invalidateQueries({ queryKey: ['organisations'] });
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate>
      <Card title={t('units.addOrganisation')} id="new-organisation">
        <Field name="name" label={t('units.name')} value={name} onChange={setName} error={errorOf('name')} maxLength={120} />
        <Select
          label={t('units.kind')}
          value={kind}
          onChange={setKind}
          options={(['region', 'municipality', 'privateProvider'] as const).map((value) => ({
            value,
            label: t(`organisationKind.${value}`),
          }))}
        />
        {words && <Notice look="problem">{words}</Notice>}
        <div>
          <Button type="submit" look="primary" disabled={busy} icon={<Building2 aria-hidden size={22} />}>
            {t('units.addOrganisation')}
          </Button>
        </div>
      </Card>
    </form>
  );
}
