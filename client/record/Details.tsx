import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { VisitRecord } from '../../contract/record.ts';
import { api } from '../app/api.ts';
import { languageNames, useWords } from '../app/words.ts';
import { fieldsOf } from '../booking/careTime.ts';
import { type DetailsDraft, DetailsFields, detailsOf, wrongIn } from '../booking/DetailsFields.tsx';
import { EditForm } from '../office/EditForm.tsx';
import { useEdit } from '../office/useEdit.ts';
import { Button } from '../ui/Button.tsx';
import { Card, Facts } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

const draftOf = ({ details, detailsVersion: version }: VisitRecord): DetailsDraft & { version: number } => ({
  ...fieldsOf(details.startsAt),
  now: false,
  durationMinutes: String(details.durationMinutes),
  minutesBefore: details.minutesBefore,
  minutesAfter: details.minutesAfter,
  modality: details.modality,
  place: details.place,
  address: details.address ?? '',
  entrance: details.entrance ?? '',
  callbackPhone: details.callbackPhone ?? '',
  language: details.language,
  version,
});

/** When and where, and how 112 finds the patient. */
export function Details({ record }: { record: VisitRecord }) {
  const { t } = useWords();
  const [editing, setEditing] = useState(false);
  if (editing) return <DetailsEdit record={record} onDone={() => setEditing(false)} />;
  const { place, address, entrance, callbackPhone, durationMinutes } = record.details;
  return (
    <Card title={t('book.whenWhere')} id="details">
      {record.addressHidden && <Notice>{t('book.addressProtected')}</Notice>}
      <Facts
        facts={[
          [t('book.duration'), t('book.minutes', { count: durationMinutes })],
          [t('book.place'), record.addressHidden ? null : place],
          [t('book.address'), address],
          [t('book.entrance'), entrance],
          [t('book.callback'), callbackPhone],
        ]}
      />
      {record.may.change && (
        <div>
          <Button onClick={() => setEditing(true)}>{t('record.changeDetails')}</Button>
        </div>
      )}
    </Card>
  );
}

/** Of two who change it at once, the second sees both. */
function DetailsEdit({ record, onDone }: { record: VisitRecord; onDone: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const edit = useEdit<DetailsDraft>(draftOf(record));
  const params = { visitId: record.id };
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => wrongIn(edit.values),
    async () => {
      await api('PUT /api/visits/:visitId/details', { params, body: { ...detailsOf(edit.values), basedOn: edit.version } });
      await queries.invalidateQueries({ queryKey: ['record', record.id] });
      onDone();
    },
    () =>
      void api('GET /api/visits/:visitId', { params }).then(
        (now) => edit.overtake(draftOf(now)),
        () => undefined,
      ),
  );
  const labels: Record<keyof DetailsDraft, string> = {
    now: t('book.when'),
    date: t('book.date'),
    time: t('book.time'),
    durationMinutes: t('book.duration'),
    minutesBefore: t('book.before'),
    minutesAfter: t('book.after'),
    modality: t('book.modality'),
    place: t('book.place'),
    address: t('book.address'),
    entrance: t('book.entrance'),
    callbackPhone: t('book.callback'),
    language: t('book.language'),
  };
  const shown = (key: keyof DetailsDraft, value: DetailsDraft[keyof DetailsDraft]): string =>
    key === 'language'
      ? languageNames[value as DetailsDraft['language']]
      : key === 'modality'
        ? t(`contact.${value as DetailsDraft['modality']}`)
        : String(value);
  return (
    <EditForm
      title={t('record.changeDetails')}
      edit={edit}
      labels={labels}
      shown={shown}
      form={{ onSubmit, busy, words }}
      onCancel={onDone}
    >
      <DetailsFields draft={edit.values} set={edit.set} errorOf={errorOf} addressHidden={record.addressHidden} mayBeNow={false} />
      {errorOf('taken') && <Notice look="problem">{errorOf('taken')}</Notice>}
    </EditForm>
  );
}
