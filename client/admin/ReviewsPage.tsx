import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ToReview } from '../../contract/access.ts';
import { api } from '../app/api.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Fetched, Office } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

/** Who has opened what at the unit: what the unit head looks at, and what they found. */
export default function ReviewsPage() {
  const { t } = useWords();
  return (
    <Office title={t('reviews.title')} for="reviews" narrow>
      <p>{t('reviews.lead')}</p>
      <Reviews />
    </Office>
  );
}

function Reviews() {
  const { t } = useWords();
  const found = useQuery({ queryKey: ['reviews'], queryFn: () => api('GET /api/reviews') });
  return (
    <Fetched of={found}>
      {(all) => {
        const open = all.filter(({ review }) => review === null);
        const done = all.filter(({ review }) => review !== null);
        return (
          <>
            <Card title={t('reviews.open', { count: open.length })} id="open">
              {open.length === 0 && <p>{t('reviews.none')}</p>}
              <ul className={css.list}>
                {open.map((one) => (
                  <Access key={one.entryId} one={one} />
                ))}
              </ul>
            </Card>
            {done.length > 0 && (
              <Card title={t('reviews.done', { count: done.length })} id="done">
                <ul className={css.list}>
                  {done.map((one) => (
                    <Access key={one.entryId} one={one} />
                  ))}
                </ul>
              </Card>
            )}
          </>
        );
      }}
    </Fetched>
  );
}

function Access({ one }: { one: ToReview }) {
  const { t, language, hasWords } = useWords();
  const [looking, setLooking] = useState(false);
  const { at, action, reasons, who, role, patient, opening, review } = one;
  const key = `reviewed.${action.replace('.', '_')}`;
  return (
    <li>
      <div className={css.grow}>
        <p>
          <strong>{who}</strong> {role && `(${t(`role.${role}`)})`}: {hasWords(key) ? t(key as 'reviewed.visit_read') : action}
        </p>
        <p>{patient}</p>
        <p className={css.soft}>
          {dayOf(at, language)} {bothClocks(at, language).care}
        </p>
        <p className={css.row}>
          {reasons.map((reason) => (
            <span key={reason} className={`${css.badge} ${reason === 'sample' ? '' : css.warn}`}>
              {t(`reviewReason.${reason}`)}
            </span>
          ))}
        </p>
        {opening && (
          <p>
            {t(`openingReason.${opening.reason}`)}
            {opening.note && `: ${opening.note}`}
          </p>
        )}
        {review && (
          <p>
            <strong>{t(`verdict.${review.verdict}`)}</strong> {review.note}
          </p>
        )}
      </div>
      {looking ? (
        <Verdict entryId={one.entryId} onDone={() => setLooking(false)} />
      ) : (
        <Button aria-label={t('reviews.lookName', { who: who ?? '', patient: patient ?? '' })} onClick={() => setLooking(true)}>
          {t(review ? 'edit.change' : 'reviews.look')}
        </Button>
      )}
    </li>
  );
}

const verdicts = ['inOrder', 'asked', 'notInOrder'] as const;

function Verdict({ entryId, onDone }: { entryId: number; onDone: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [verdict, setVerdict] = useState<(typeof verdicts)[number]>('inOrder');
  const [note, setNote] = useState('');
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (verdict === 'inOrder' || note.trim() ? undefined : 'note'),
    async () => {
      await api('PUT /api/reviews/:entryId', { params: { entryId: String(entryId) }, body: { verdict, note } });
      await queries.invalidateQueries({ queryKey: ['reviews'] });
      onDone();
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate className={css.card} aria-label={t('reviews.look')}>
      <Radios
        legend={t('reviews.found')}
        value={verdict}
        onChange={setVerdict}
        options={verdicts.map((value) => ({ value, label: t(`verdict.${value}`) }))}
      />
      <Field name="note" rows={2} label={t('reviews.note')} value={note} onChange={setNote} error={errorOf('note')} maxLength={1000} />
      <FormEnd words={words} busy={busy} onCancel={onDone} />
    </form>
  );
}
