import { useState } from 'react';
import type { Reminder } from '../../contract/messages.ts';
import type { UnitPlan } from '../../contract/scheduling.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

type Draft = { kind: 'days' | 'minutes'; count: string; at: string };

const draftOf = (reminder: Reminder): Draft =>
  'days' in reminder
    ? { kind: 'days', count: String(reminder.days), at: reminder.at }
    : { kind: 'minutes', count: String(reminder.minutes), at: '16:00' };
const reminderOf = ({ kind, count, at }: Draft): Reminder => (kind === 'days' ? { days: Number(count), at } : { minutes: Number(count) });
const isWhole = ({ kind, count, at }: Draft): boolean => {
  const number = Number(count);
  if (!Number.isInteger(number)) return false;
  return kind === 'days' ? number >= 1 && number <= 14 && at !== '' : number >= 5 && number <= 720;
};
const most = 5;

/** When those who come to a unit's visits are reminded of them. */
export function Reminders({ plan, onPlan }: { plan: UnitPlan; onPlan: (plan: UnitPlan) => void }) {
  const { t } = useWords();
  const [drafts, setDrafts] = useState(plan.reminders.map(draftOf));
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (drafts.every(isWhole) ? undefined : 'reminders'),
    async () => {
      const body = { reminders: drafts.map(reminderOf) };
      onPlan(await api('PUT /api/units/:unitId/reminders', { params: { unitId: plan.unitId }, body }));
    },
  );
  const change = (index: number, part: Partial<Draft>): void =>
    setDrafts(drafts.map((one, at) => (at === index ? { ...one, ...part } : one)));
  const problem = errorOf('reminders') ?? words;
  return (
    <form onSubmit={onSubmit} noValidate>
      <Card title={t('plan.reminders')} id="reminders">
        <p>{t(drafts.length > 0 ? 'plan.remindersLead' : 'plan.noReminders')}</p>
        {drafts.map(({ kind, count, at }, index) => (
          <fieldset key={index} className={css.card}>
            <legend>{t('plan.reminder', { nr: index + 1 })}</legend>
            <div className={css.pair}>
              <Field
                name={`count-${index}`}
                type="number"
                label={t('plan.howMany')}
                value={count}
                onChange={(now) => change(index, { count: now })}
              />
              <Select
                label={t('plan.before')}
                value={kind}
                onChange={(now) => change(index, { kind: now })}
                options={(['days', 'minutes'] as const).map((value) => ({ value, label: t(`plan.beforeKind.${value}`) }))}
              />
              {kind === 'days' && (
                <Field name={`at-${index}`} type="time" label={t('book.time')} value={at} onChange={(now) => change(index, { at: now })} />
              )}
            </div>
            <div>
              <Button look="quiet" onClick={() => setDrafts(drafts.filter((_, other) => other !== index))}>
                {t('plan.removeReminder', { nr: index + 1 })}
              </Button>
            </div>
          </fieldset>
        ))}
        {problem && <Notice look="problem">{problem}</Notice>}
        <div className={css.row}>
          <Button type="submit" look="primary" disabled={busy}>
            {t('edit.save')}
          </Button>
          {drafts.length < most && (
            <Button onClick={() => setDrafts([...drafts, { kind: 'days', count: '1', at: '16:00' }])}>{t('plan.addReminder')}</Button>
          )}
        </div>
      </Card>
    </form>
  );
}
