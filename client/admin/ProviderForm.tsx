import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ProviderView } from '../../contract/policy.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { EditForm } from '../office/EditForm.tsx';
import { useEdit } from '../office/useEdit.ts';
import css from '../ui/Card.module.css';
import { Check, Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

type Draft = {
  name: string;
  audience: ProviderView['audience'];
  issuer: string;
  clientId: string;
  scope: string;
  person: string;
  assignment: string;
  level: string;
  levels: string; // a line each: value = level
  enabled: 'yes' | 'no';
};

const linesOf = (levels: ProviderView['levels']): string =>
  Object.entries(levels)
    .map(([value, level]) => `${value} = ${level}`)
    .join('\n');

/** Null if a line is not "value = 1…4". */
function levelsOf(text: string): ProviderView['levels'] | null {
  const lines = text.split('\n').filter((line) => line.trim());
  const pairs = lines.map((line) => /^\s*(\S+)\s*=\s*([1-4])\s*$/.exec(line));
  if (pairs.length === 0 || pairs.some((pair) => pair === null)) return null;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', Number(pair?.[2])]));
}

const draftOf = (one: ProviderView | null): Draft & { version: number } => ({
  name: one?.name ?? '',
  audience: one?.audience ?? 'staff',
  issuer: one?.issuer ?? '',
  clientId: one?.clientId ?? '',
  scope: one?.scope ?? 'openid',
  person: one?.claims.person ?? 'employeeHsaId',
  assignment: one?.claims.assignment ?? '',
  level: one?.claims.level ?? 'acr',
  levels: one ? linesOf(one.levels) : 'http://id.sambi.se/loa/loa3 = 3',
  enabled: one?.enabled === false ? 'no' : 'yes',
  version: one?.version ?? 0,
});

/** Names of claims differ between providers; what each value of assurance is worth is said here. */
export function ProviderForm({ provider, onDone }: { provider: ProviderView | null; onDone: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const edit = useEdit<Draft>(draftOf(provider));
  const [secret, setSecret] = useState('');
  const draft = edit.values;
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => {
      for (const key of ['name', 'issuer', 'clientId', 'person', 'level'] as const) if (!draft[key].trim()) return key;
      return levelsOf(draft.levels) ? undefined : 'levels';
    },
    async () => {
      const { name, audience, issuer, clientId, scope, person, assignment, level } = draft;
      const body = {
        name,
        audience,
        issuer,
        clientId,
        scope,
        claims: { person, assignment: assignment.trim() || null, level },
        levels: levelsOf(draft.levels) ?? {},
        enabled: draft.enabled === 'yes',
        secret: secret || null,
      };
      if (provider)
        await api('PUT /api/providers/:providerId', { params: { providerId: provider.id }, body: { ...body, basedOn: edit.version } });
      else await api('POST /api/providers', { body });
      await queries.invalidateQueries({ queryKey: ['providers'] });
      onDone();
    },
    () => {
      void api('GET /api/providers').then((list) => {
        const now = list.find(({ id }) => id === provider?.id);
        if (now) edit.overtake(draftOf(now));
      });
    },
  );
  const labels: Record<keyof Draft, string> = {
    name: t('providers.name'),
    audience: t('providers.audience'),
    issuer: t('providers.issuer'),
    clientId: t('providers.clientId'),
    scope: t('providers.scope'),
    person: t('providers.person'),
    assignment: t('providers.assignment'),
    level: t('providers.level'),
    levels: t('providers.levels'),
    enabled: t('providers.enabled'),
  };
  const text = (key: Exclude<keyof Draft, 'audience' | 'enabled'>, hint?: string, rows?: number) => (
    <Field
      name={key}
      label={labels[key]}
      hint={hint}
      value={draft[key]}
      onChange={(value) => edit.set(key, value)}
      error={errorOf(key)}
      spellCheck={false}
      {...(rows ? { rows } : {})}
    />
  );
  return (
    <EditForm
      title={t(provider ? 'providers.change' : 'providers.add')}
      edit={edit}
      labels={labels}
      form={{ onSubmit, busy, words }}
      onCancel={onDone}
    >
      {text('name')}
      <Radios
        legend={labels.audience}
        value={draft.audience}
        onChange={(audience) => edit.set('audience', audience)}
        options={(['staff', 'resident'] as const).map((value) => ({ value, label: t(`providers.${value}`) }))}
      />
      {text('issuer')}
      <div className={css.pair}>
        {text('clientId')}
        <Field
          name="secret"
          type="password"
          label={t('providers.secret')}
          hint={t(provider?.hasSecret ? 'providers.secretKept' : 'providers.secretHint')}
          value={secret}
          onChange={setSecret}
          autoComplete="off"
        />
      </div>
      {text('scope')}
      <div className={css.pair}>
        {text('person', t('providers.personHint'))}
        {text('assignment', t('providers.assignmentHint'))}
      </div>
      {text('level')}
      {text('levels', t('providers.levelsHint'), 3)}
      <Check checked={draft.enabled === 'yes'} onChange={(on) => edit.set('enabled', on ? 'yes' : 'no')}>
        {labels.enabled}
      </Check>
    </EditForm>
  );
}
