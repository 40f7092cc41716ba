import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Policy } from '../../contract/policy.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { EditForm } from '../office/EditForm.tsx';
import { useEdit } from '../office/useEdit.ts';
import css from '../ui/Card.module.css';
import { Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

const groups = ['clinical', 'administrative', 'patient'] as const;
type Group = (typeof groups)[number];
type Draft = Record<`${'level' | 'idle' | 'absolute'}_${Group}`, string> & { municipalities: string };

const draftOf = ({
  requiredLevel,
  idleMinutes,
  absoluteHours,
  municipalities,
  version,
}: Policy & { version: number }): Draft & { version: number } => ({
  ...(Object.fromEntries(
    groups.flatMap((group) => [
      [`level_${group}`, String(requiredLevel[group])],
      [`idle_${group}`, String(idleMinutes[group])],
      [`absolute_${group}`, String(absoluteHours[group])],
    ]),
  ) as Draft),
  municipalities: municipalities.join(' '),
  version,
});

const each = (draft: Draft, what: 'level' | 'idle' | 'absolute'): Record<Group, number> => ({
  clinical: Number(draft[`${what}_clinical`]),
  administrative: Number(draft[`${what}_administrative`]),
  patient: Number(draft[`${what}_patient`]),
});

/** What is demanded of each group of accounts. */
export function PolicyForm({ policy }: { policy: Policy & { version: number } }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const edit = useEdit<Draft>(draftOf(policy));
  const [saved, setSaved] = useState(false);
  const draft = edit.values;
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => {
      for (const group of groups) {
        if (!(Number(draft[`idle_${group}`]) >= 1 && Number(draft[`idle_${group}`]) <= 720)) return `idle_${group}`;
        if (!(Number(draft[`absolute_${group}`]) >= 1 && Number(draft[`absolute_${group}`]) <= 24)) return `absolute_${group}`;
      }
      return draft.municipalities.split(/[\s,]+/).every((code) => code === '' || /^\d{4}$/.test(code)) ? undefined : 'municipalities';
    },
    async () => {
      const body = {
        requiredLevel: each(draft, 'level'),
        idleMinutes: each(draft, 'idle'),
        absoluteHours: each(draft, 'absolute'),
        municipalities: draft.municipalities.split(/[\s,]+/).filter(Boolean),
      };
      const now = await api('PUT /api/policy', { body: { ...body, basedOn: edit.version } });
      edit.saved(now.version);
      setSaved(true);
      await queries.invalidateQueries({ queryKey: ['policy'] });
    },
    () => void api('GET /api/policy').then((now) => edit.overtake(draftOf(now))),
  );
  const labels = Object.fromEntries([
    ...groups.flatMap((group) =>
      (['level', 'idle', 'absolute'] as const).map((what) => [`${what}_${group}`, `${t(`policy.${group}`)}: ${t(`policy.${what}`)}`]),
    ),
    ['municipalities', t('policy.municipalities')],
  ]) as Record<keyof Draft, string>;
  return (
    <EditForm title={t('policy.change')} edit={edit} labels={labels} form={{ onSubmit, busy, words }} onCancel={() => undefined}>
      {groups.map((group) => (
        <fieldset key={group} className={css.pair}>
          <legend>
            <strong>{t(`policy.${group}`)}</strong>
          </legend>
          <Select
            label={t('policy.level')}
            value={draft[`level_${group}`]}
            onChange={(value) => edit.set(`level_${group}`, value)}
            options={(['1', '2', '3', '4'] as const).map((value) => ({ value: value as string, label: t(`level.${value}`) }))}
          />
          {(['idle', 'absolute'] as const).map((what) => (
            <Field
              key={what}
              name={`${what}_${group}`}
              label={t(`policy.${what}`)}
              inputMode="numeric"
              value={draft[`${what}_${group}`]}
              onChange={(value) => edit.set(`${what}_${group}`, value)}
              error={errorOf(`${what}_${group}`)}
            />
          ))}
        </fieldset>
      ))}
      <Field
        name="municipalities"
        rows={2}
        label={labels.municipalities}
        hint={t('policy.municipalitiesHint')}
        value={draft.municipalities}
        onChange={(value) => edit.set('municipalities', value)}
        error={errorOf('municipalities')}
      />
      {saved && !edit.changed && <Notice>{t('policy.saved')}</Notice>}
    </EditForm>
  );
}
