import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { channels, principalKinds } from '../../contract/planKinds.ts';
import type { DirectoryView } from '../../contract/planParties.ts';
import { api } from '../app/api.ts';
import { useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Fetched, Office } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Check, Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

/** Units of principals that plans are made with. */
export default function DirectoryPage() {
  const { t } = useWords();
  return (
    <Office title={t('carePlan.directory')} for="anyStaff">
      <Directory />
    </Office>
  );
}

const keeping = ['unitHead', 'careCoordinator', 'administrator'];

function Directory() {
  const { t } = useWords();
  const me = useMe();
  const queries = useQueryClient();
  const [search, setSearch] = useState('');
  const [editing, setEditing] = useState<string | null>(null); // 'new', or whose
  const wanted = useDeferredValue(search.trim());
  const found = useQuery({
    queryKey: ['directory', wanted],
    queryFn: () => api('POST /api/directory/search', { body: { search: wanted } }),
    placeholderData: (before) => before,
  });
  const keeps = me?.operator || me?.assignments.some(({ role }) => keeping.includes(role));
  const done = (): void => {
    setEditing(null);
    void queries.invalidateQueries({ queryKey: ['directory'] });
  };
  return (
    <>
      <p>{t('carePlan.directoryLead')}</p>
      <Field name="search" label={t('carePlan.searchDirectory')} value={search} onChange={setSearch} autoComplete="off" maxLength={120} />
      {keeps && editing !== 'new' && (
        <div>
          <Button look="primary" onClick={() => setEditing('new')}>
            {t('carePlan.addUnit')}
          </Button>
        </div>
      )}
      {editing === 'new' && (
        <Card title={t('carePlan.addUnit')} id="new-unit">
          <UnitForm unit={null} onDone={done} />
        </Card>
      )}
      <Fetched of={found}>
        {(units) => (
          <Card title={t('carePlan.directory')} id="units">
            {units.length === 0 && <p>{t('carePlan.noneFound')}</p>}
            <ul className={card.list}>
              {units.map((unit) => (
                <li key={unit.id}>
                  <div className={card.grow}>
                    <p>
                      <strong>{unit.name}</strong>
                    </p>
                    <p className={card.soft}>
                      {unit.principal} · {t(`carePlan.partyKind.${unit.kind}`)} ·{' '}
                      {t(`carePlan.channel.${unit.channel}`, { system: unit.system ?? '' })}
                    </p>
                  </div>
                  {keeps && editing !== unit.id && (
                    <Button aria-label={t('carePlan.changeUnit', { name: unit.name })} onClick={() => setEditing(unit.id)}>
                      {t('edit.change')}
                    </Button>
                  )}
                  {editing === unit.id && <UnitForm unit={unit} onDone={done} />}
                </li>
              ))}
            </ul>
          </Card>
        )}
      </Fetched>
    </>
  );
}

const written = ['principal', 'name', 'system', 'unitId', 'email', 'phone', 'address', 'headName', 'headEmail'] as const;
type Draft = Record<(typeof written)[number], string> & Pick<DirectoryView, 'kind' | 'channel' | 'retired'>;

const draftOf = (unit: DirectoryView | null): Draft => ({
  ...(Object.fromEntries(written.map((key) => [key, unit?.[key] ?? ''])) as Record<(typeof written)[number], string>),
  kind: unit?.kind ?? 'socialServices',
  channel: unit?.channel ?? 'letter',
  retired: unit?.retired ?? false,
});

function UnitForm({ unit, onDone }: { unit: DirectoryView | null; onDone: () => void }) {
  const { t } = useWords();
  const [draft, setDraft] = useState(() => draftOf(unit));
  const set = (part: Partial<Draft>): void => setDraft((now) => ({ ...now, ...part }));
  const { kind, channel } = draft;
  const wanted = { samrum: 'unitId', system: 'system', letter: 'address' } as const;
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (['principal', 'name', wanted[channel]] as const).filter((key) => !draft[key].trim()),
    async () => {
      const or = (text: string): string | null => text.trim() || null;
      const body = {
        ...{ principal: draft.principal, name: draft.name, kind, channel, address: draft.address },
        ...{ system: or(draft.system), unitId: or(draft.unitId), email: or(draft.email), phone: or(draft.phone) },
        ...{ headName: or(draft.headName), headEmail: or(draft.headEmail) },
      };
      if (unit) {
        const asked = { ...body, retired: draft.retired, basedOn: unit.version };
        await api('PUT /api/directory/:directoryId', { params: { directoryId: unit.id }, body: asked });
      } else await api('POST /api/directory', { body });
      onDone();
    },
  );
  const me = useMe();
  const shown = written.filter((key) => !['system', 'unitId'].includes(key) || key === wanted[channel]);
  return (
    <form
      onSubmit={onSubmit}
      noValidate
      className={card.fold}
      aria-label={unit ? t('carePlan.changeUnit', { name: unit.name }) : t('carePlan.addUnit')}
    >
      <div className={card.pair}>
        <Select
          label={t('carePlan.unitOf.kind')}
          value={kind}
          onChange={(one) => set({ kind: one })}
          options={principalKinds.map((value) => ({ value, label: t(`carePlan.partyKind.${value}`) }))}
        />
        <Select
          label={t('carePlan.unitOf.channel')}
          value={channel}
          onChange={(one) => set({ channel: one })}
          options={channels.map((value) => ({ value, label: t(`carePlan.channelIs.${value}`) }))}
        />
        {shown.map((key) =>
          key === 'unitId' ? (
            <Select
              key={key}
              name="unitId"
              label={t('carePlan.unitOf.unitId')}
              value={draft.unitId}
              onChange={(unitId) => set({ unitId })}
              error={errorOf('unitId')}
              options={[
                { value: '', label: t('carePlan.choose') },
                ...(me?.assignments ?? []).map(({ unitId, unitName }) => ({ value: unitId, label: unitName })),
                ...(unit?.unitId && !me?.assignments.some(({ unitId }) => unitId === unit.unitId)
                  ? [{ value: unit.unitId, label: unit.name }]
                  : []),
              ]}
            />
          ) : (
            <Field
              key={key}
              name={key}
              label={t(`carePlan.unitOf.${key}`)}
              value={draft[key]}
              onChange={(text) => set({ [key]: text })}
              error={errorOf(key)}
              maxLength={key === 'address' ? 300 : 120}
              {...(key === 'address' ? { rows: 2 } : {})}
            />
          ),
        )}
      </div>
      {unit && (
        <Check checked={draft.retired} onChange={(retired) => set({ retired })}>
          {t('carePlan.unitOf.retired')}
        </Check>
      )}
      <FormEnd words={words} busy={busy} onCancel={onDone} />
    </form>
  );
}
