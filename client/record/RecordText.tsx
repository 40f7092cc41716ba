import type { VisitRecord } from '../../contract/record.ts';
import type { Referral } from '../../contract/referrals.ts';
import { bothClocks, dateOf, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { CopyButton } from '../office/Codes.tsx';
import { useReferrals } from '../referrals/useReferrals.ts';
import { Card } from '../ui/Card.tsx';
import { useNameOf, useRoleAndPlace } from '../ui/person.ts';
import css from './RecordText.module.css';

/** The text to copy to the record. */
export function RecordText({ record }: { record: VisitRecord }) {
  const { t } = useWords();
  const referrals = useReferrals(record.id, record.people);
  const text = useRecordText(record, referrals);
  return (
    <Card title={t('record.text')} id="record-text">
      <textarea className={css.text} readOnly rows={Math.min(14, text.split('\n').length + 3)} value={text} aria-labelledby="record-text" />
      <div>
        <CopyButton text={text} label={t('record.copy')} />
      </div>
    </Card>
  );
}

function useRecordText(record: VisitRecord, referrals: Referral[]): string {
  const { t, language } = useWords();
  const nameOf = useNameOf();
  const roleAndPlace = useRoleAndPlace();
  const { documentation, details, people, identity, patient, unit } = record;
  const present = people.filter(
    ({ seat, status, acknowledged, role }) => seat === 'own' && status !== 'removed' && acknowledged && role !== 'patient',
  );
  const beside = record.bystanders.map(({ name, role }) => `${name} (${t(`role.${role}`)})`);
  const followUp = [
    documentation.followUp,
    documentation.followUpOwner && `${t('record.followUpOwner')}: ${documentation.followUpOwner}`,
    documentation.followUpOn && dateOf(documentation.followUpOn, language),
  ].filter(Boolean);
  const lines: [string, string | null | false][] = [
    [
      t('record.title'),
      `${dayOf(details.startsAt, language)} ${t('today.at', { time: bothClocks(details.startsAt, language).care })}, ${unit.name}`,
    ],
    [t('role.patient'), `${patient.name}, ${t('patient.born', { year: patient.birthYear })}`],
    [t('record.contactType'), `${t(`contact.${documentation.contactType}`)}, ${documentation.contactCode}`],
    [
      t('record.begunByVideo'),
      record.begunByVideo && record.phoneSince && t('today.at', { time: bothClocks(record.phoneSince, language).care }),
    ],
    [t('record.soundEnough'), documentation.soundEnough && t(`enough.${documentation.soundEnough}`)],
    [t('record.pictureEnough'), documentation.pictureEnough && t(`enough.${documentation.pictureEnough}`)],
    [t('record.endAs'), t(`state.${record.state}`)],
    [t('record.emergency'), record.emergencyAt && t('today.at', { time: bothClocks(record.emergencyAt, language).care })],
    [t('record.identity'), identity && t(`identity.${identity.method}`)],
    [
      t('record.present'),
      [patient.name, ...present.map((one) => (one.name ? `${nameOf(one)} (${roleAndPlace(one)})` : nameOf(one))), ...beside].join('; '),
    ],
    ...referrals.flatMap(({ to, question, answer }): [string, string | null][] => [
      [t('referral.questionTo', { name: nameOf(to) }), question],
      [t('referral.answerOf', { name: nameOf(to) }), answer || t('referral.waits')],
    ]),
    [t('record.outcome'), documentation.outcome],
    [t('record.agreed'), documentation.agreed],
    [t('record.followUp'), followUp.join(', ')],
  ];
  return lines.flatMap(([label, value]) => (value ? [`${label}: ${value}`] : [])).join('\n');
}
