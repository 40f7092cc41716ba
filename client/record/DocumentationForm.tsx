import { useQueryClient } from '@tanstack/react-query';
import { CheckCheck, Save } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Documentation, VisitRecord } from '../../contract/record.ts';
import type { VisitState } from '../../contract/visits.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { useProof } from '../identity/useProof.tsx';
import { Overtaken } from '../office/Overtaken.tsx';
import { useEdit } from '../office/useEdit.ts';
import { PhraseField } from '../phrases/PhraseField.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Radios, Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSubmit } from '../ui/useSubmit.ts';

type Draft = Omit<Documentation, 'followUpOwner' | 'followUpOn'> & { followUpOwner: string; followUpOn: string };
type Ending = Extract<VisitState, 'completed' | 'converted_to_physical' | 'escalated_emergency' | 'tech_failed'>;
const enough = ['yes', 'partly', 'no'] as const satisfies Documentation['soundEnough'][];
const endings: Ending[] = ['completed', 'converted_to_physical', 'escalated_emergency', 'tech_failed'];

const draftOf = ({ documentation }: VisitRecord): Draft & { version: number } => ({
  ...documentation,
  followUpOwner: documentation.followUpOwner ?? '',
  followUpOn: documentation.followUpOn ?? '',
});

/** What came of the visit. It can be kept half-way; it is done with an outcome and a named person for the follow-up. */
export function DocumentationForm({ record }: { record: VisitRecord }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const edit = useEdit<Draft>(draftOf(record));
  const [as, setAs] = useState<Ending>(record.emergencyAt ? 'escalated_emergency' : 'completed');
  const ending = useRef(false); // which of the two buttons was pressed
  const [kept, setKept] = useState(false);
  const params = { visitId: record.id };
  const { values } = edit;

  const keep = async (): Promise<number> => {
    if (!edit.changed) return edit.version;
    const body = {
      ...values,
      followUpOwner: values.followUpOwner.trim() || null,
      followUpOn: values.followUpOn || null,
      basedOn: edit.version,
    };
    const { version } = await api('PUT /api/visits/:visitId/documentation', { params, body });
    edit.saved(version);
    return version;
  };
  const { proving, dialog } = useProof();
  const { run, busy, errorOf, words } = useSubmit(
    () => (ending.current ? missingIn(values, as, record.begunByVideo) : undefined),
    async () => {
      const version = await keep();
      if (ending.current) await proving(() => api('POST /api/visits/:visitId/complete', { params, body: { basedOn: version, as } }));
      setKept(!ending.current);
      await queries.invalidateQueries({ queryKey: ['record', record.id] });
    },
    () =>
      void api('GET /api/visits/:visitId', { params }).then(
        (now) => edit.overtake(draftOf(now)),
        () => undefined,
      ),
  );
  const press = (ends: boolean): void => {
    ending.current = ends;
    run();
  };
  const text = (key: 'outcome' | 'agreed' | 'followUp', rows: number, longest: number) => (
    <PhraseField
      name={key}
      label={t(`record.${key}`)}
      hint={t(`record.${key}Hint`)}
      rows={rows}
      maxLength={longest}
      value={values[key]}
      onChange={(value) => {
        setKept(false);
        edit.set(key, value);
      }}
      error={errorOf(key)}
    />
  );
  const over = record.state === 'documenting';
  return (
    <>
      <form onSubmit={(event) => event.preventDefault()} noValidate>
        <Card title={t('record.documentation')} id="documentation">
          <Overtaken
            happened={edit.theirs !== null}
            contested={edit.contested.map((key) => ({ key, label: t(`record.${key}`), theirs: String(edit.theirs?.[key] ?? '') }))}
            onChoose={edit.choose}
          />
          {text('outcome', 6, 8_000)}
          {text('agreed', 4, 4_000)}
          {text('followUp', 2, 2_000)}
          <div className={css.pair}>
            <Owner
              record={record}
              value={values.followUpOwner}
              onChange={(name) => edit.set('followUpOwner', name)}
              error={errorOf('followUpOwner')}
            />
            <Field
              name="followUpOn"
              type="date"
              label={t('record.followUpOn')}
              value={values.followUpOn}
              onChange={(date) => edit.set('followUpOn', date)}
            />
          </div>
          <div className={css.pair}>
            <Select
              label={t('record.contactType')}
              value={values.contactType}
              onChange={(type) => edit.set('contactType', type)}
              options={(['video', 'phone', 'physical'] as const).map((value) => ({ value, label: t(`contact.${value}`) }))}
            />
            <Field
              name="contactCode"
              label={t('record.contactCode')}
              hint={t('record.contactCodeHint')}
              value={values.contactCode}
              onChange={(code) => edit.set('contactCode', code.toUpperCase())}
              error={errorOf('contactCode')}
              maxLength={5}
            />
          </div>
          {(values.contactType === 'video' || record.begunByVideo) &&
            (['soundEnough', 'pictureEnough'] as const).map((key) => (
              <div key={key}>
                <Radios
                  beside
                  legend={t(`record.${key}`)}
                  field={key}
                  value={values[key]}
                  onChange={(answer) => edit.set(key, answer)}
                  options={enough.map((value) => ({ value, label: t(`enough.${value}`) }))}
                />
                {errorOf(key) && <Notice look="problem">{errorOf(key)}</Notice>}
              </div>
            ))}
          {!record.identity && (
            <Radios
              legend={t('record.identityLate')}
              field="identityMethod"
              value={values.identityMethod}
              onChange={(method) => edit.set('identityMethod', method)}
              options={(['knownToStaff', 'documentShown', 'eId'] as const).map((value) => ({ value, label: t(`identity.${value}`) }))}
            />
          )}
          {errorOf('identityMethod') && <Notice look="problem">{errorOf('identityMethod')}</Notice>}
          {over && (
            <Radios
              legend={t('record.endAs')}
              value={as}
              onChange={setAs}
              options={endings.map((value) => ({ value, label: t(`state.${value}`) }))}
            />
          )}
          {words && <Notice look="problem">{words}</Notice>}
          {kept && !edit.changed && <Notice>{t('record.kept')}</Notice>}
          <div className={css.row}>
            {over && (
              <Button
                look="primary"
                disabled={busy || edit.contested.length > 0}
                icon={<CheckCheck aria-hidden size={22} />}
                onClick={() => press(true)}
              >
                {t('record.done')}
              </Button>
            )}
            <Button
              disabled={busy || edit.contested.length > 0}
              icon={<Save aria-hidden size={22} />}
              look={over ? 'plain' : 'primary'}
              onClick={() => press(false)}
            >
              {t('record.keep')}
            </Button>
          </div>
        </Card>
      </form>
      {dialog}
    </>
  );
}

/** The same that the server asks for, so that the field can be named at once. */
function missingIn(draft: Draft, as: Ending, begunByVideo: boolean): string | undefined {
  const { outcome, followUpOwner, identityMethod, contactType, soundEnough, pictureEnough } = draft;
  if (!outcome.trim()) return 'outcome';
  if (!followUpOwner.trim()) return 'followUpOwner';
  if (as !== 'completed') return undefined;
  if (!identityMethod) return 'identityMethod';
  if (contactType !== 'video' && !begunByVideo) return undefined;
  if (!soundEnough) return 'soundEnough';
  return pictureEnough ? undefined : 'pictureEnough';
}

type OwnerProps = { record: VisitRecord; value: string; onChange: (name: string) => void; error: string | undefined };

/** A named person; those of the visit are one press away. */
function Owner({ record, value, onChange, error }: OwnerProps) {
  const { t } = useWords();
  const nameOf = useNameOf();
  const names = [...new Set(record.people.filter(({ seat, role }) => seat === 'own' && role !== 'patient').map(nameOf))];
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      <Field
        name="followUpOwner"
        label={t('record.followUpOwner')}
        hint={t('record.followUpOwnerHint')}
        value={value}
        onChange={onChange}
        error={error}
        maxLength={120}
      />
      <div className={css.row}>
        {names.map((name) => (
          <Button key={name} aria-pressed={value === name} onClick={() => onChange(name)}>
            {name}
          </Button>
        ))}
      </div>
    </div>
  );
}
