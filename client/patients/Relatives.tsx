import { useQueryClient } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { PatientView, RelativeView } from '../../contract/patients.ts';
import { api } from '../app/api.ts';
import { languageNames, useWords } from '../app/words.ts';
import { EditForm } from '../office/EditForm.tsx';
import { useEdit } from '../office/useEdit.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Radios, Select } from '../ui/Choices.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { ReachFields } from './ReachFields.tsx';

/** Those close to a patient, and their representatives. */
export function Relatives({ patient }: { patient: PatientView }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [editing, setEditing] = useState<RelativeView | 'new' | null>(null);
  const [ending, setEnding] = useState<RelativeView | null>(null);
  const refetch = (): Promise<void> => queries.invalidateQueries({ queryKey: ['patient', patient.id] });
  const done = (): void => {
    setEditing(null);
    void refetch();
  };
  const end = (relativeId: string): void => {
    setEnding(null);
    void api('POST /api/relatives/:relativeId/end', { params: { relativeId } })
      .catch(() => undefined)
      .then(refetch);
  };
  return (
    <Card title={t('relatives.title')} id="relatives">
      {patient.relatives.length === 0 && <p>{t('relatives.none')}</p>}
      <ul className={css.list}>
        {patient.relatives.map((one) => (
          <li key={one.id}>
            <div className={css.grow}>
              <p>
                <strong>{one.name}</strong> {one.relation}
              </p>
              <p className={css.soft}>
                {t(`role.${one.role}`)} {one.phone} {one.email}
              </p>
              {[one.email, one.phone]
                .filter((at) => at !== null && patient.bounced.includes(at))
                .map((at) => (
                  <Notice key={at} look="problem">
                    {t('reach.bounced', { address: at ?? '' })}
                  </Notice>
                ))}
            </div>
            {patient.mayChange && (
              <>
                <Button aria-label={t('relatives.changeName', { name: one.name })} onClick={() => setEditing(one)}>
                  {t('edit.change')}
                </Button>
                <Button aria-label={t('relatives.endName', { name: one.name })} onClick={() => setEnding(one)}>
                  {t('relatives.end')}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      {editing ? (
        <RelativeForm
          key={editing === 'new' ? 'new' : editing.id}
          patientId={patient.id}
          relative={editing === 'new' ? null : editing}
          onDone={done}
        />
      ) : (
        patient.mayChange && (
          <div>
            <Button icon={<UserPlus aria-hidden size={22} />} onClick={() => setEditing('new')}>
              {t('relatives.add')}
            </Button>
          </div>
        )
      )}
      {ending && (
        <Confirm title={t('relatives.endTitle', { name: ending.name })} text={t('relatives.endText')} onClose={() => setEnding(null)}>
          <Button look="danger" onClick={() => end(ending.id)}>
            {t('relatives.end')}
          </Button>
        </Confirm>
      )}
    </Card>
  );
}

type Draft = Pick<RelativeView, 'name' | 'role' | 'channel' | 'language'> & { relation: string; phone: string; email: string };

const draftOf = (one: RelativeView | null): Draft & { version: number } => ({
  name: one?.name ?? '',
  role: one?.role ?? 'relative',
  relation: one?.relation ?? '',
  phone: one?.phone ?? '',
  email: one?.email ?? '',
  channel: one?.channel ?? 'none',
  language: one?.language ?? 'sv',
  version: one?.version ?? 0,
});

function RelativeForm({ patientId, relative, onDone }: { patientId: string; relative: RelativeView | null; onDone: () => void }) {
  const { t } = useWords();
  const edit = useEdit<Draft>(draftOf(relative));
  const { name, role, relation, phone, email, channel, language } = edit.values;
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (name.trim() ? undefined : 'name'),
    async () => {
      const body = {
        name,
        role,
        relation: relation.trim() || null,
        phone: phone.trim() || null,
        email: email.trim() || null,
        channel,
        language,
      };
      if (relative)
        await api('PUT /api/relatives/:relativeId', { params: { relativeId: relative.id }, body: { ...body, basedOn: edit.version } });
      else await api('POST /api/patients/:patientId/relatives', { params: { patientId }, body });
      onDone();
    },
    () => {
      void api('GET /api/patients/:patientId', { params: { patientId } }).then(({ relatives }) => {
        const now = relatives.find(({ id }) => id === relative?.id);
        if (now) edit.overtake(draftOf(now));
      });
    },
  );
  const labels: Record<keyof Draft, string> = {
    name: t('patients.name'),
    role: t('relatives.role'),
    relation: t('relatives.relation'),
    phone: t('patients.phone'),
    email: t('reach.email'),
    channel: t('reach.channel'),
    language: t('reach.language'),
  };
  return (
    <EditForm
      title={t(relative ? 'relatives.change' : 'relatives.add')}
      edit={edit}
      labels={labels}
      form={{ onSubmit, busy, words }}
      onCancel={onDone}
    >
      <Field
        name="name"
        label={labels.name}
        value={name}
        onChange={(text) => edit.set('name', text)}
        error={errorOf('name')}
        maxLength={120}
      />
      <Radios
        legend={labels.role}
        value={role}
        onChange={(chosen) => edit.set('role', chosen)}
        options={(['relative', 'guardian', 'trustee'] as const).map((value) => ({ value, label: t(`role.${value}`) }))}
      />
      <div className={css.pair}>
        <Field
          name="relation"
          label={labels.relation}
          hint={t('relatives.relationHint')}
          value={relation}
          onChange={(text) => edit.set('relation', text)}
          error={errorOf('relation')}
          maxLength={60}
        />
        <Field
          name="phone"
          type="tel"
          label={labels.phone}
          value={phone}
          onChange={(text) => edit.set('phone', text)}
          error={errorOf('phone')}
          maxLength={32}
        />
      </div>
      <ReachFields
        draft={edit.values}
        onEmail={(text) => edit.set('email', text)}
        onChannel={(chosen) => edit.set('channel', chosen)}
        errorOf={errorOf}
      />
      <Select
        label={labels.language}
        value={language}
        onChange={(chosen) => edit.set('language', chosen)}
        options={Object.entries(languageNames).map(([value, label]) => ({ value: value as RelativeView['language'], label }))}
      />
    </EditForm>
  );
}
