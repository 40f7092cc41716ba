import type { ReactNode } from 'react';
import type { VisitDetails } from '../../contract/booking.ts';
import type { languages } from '../../contract/language.ts';
import { bothClocks } from '../app/times.ts';
import { languageNames, useWords } from '../app/words.ts';
import { AddressFields } from '../office/AddressFields.tsx';
import css from '../ui/Card.module.css';
import { Radios, Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { momentOf } from './careTime.ts';

const modalities = ['video', 'phone', 'physical'] as const satisfies readonly VisitDetails['modality'][];

export type DetailsDraft = {
  now: boolean;
  date: string;
  time: string;
  durationMinutes: string;
  minutesBefore: number;
  minutesAfter: number;
  modality: VisitDetails['modality'];
  place: string;
  address: string;
  entrance: string;
  callbackPhone: string;
  language: VisitDetails['language'];
};

/** The names of the fields that are wrong. */
export const wrongIn = ({ now, date, time, place }: DetailsDraft): string[] => [
  ...(now || date ? [] : ['startsAt']),
  ...(now || time ? [] : ['time']),
  ...(place.trim() ? [] : ['place']),
];

export const detailsOf = (draft: DetailsDraft): VisitDetails => ({
  startsAt: draft.now ? new Date().toISOString() : momentOf(draft.date, draft.time),
  durationMinutes: Number(draft.durationMinutes),
  minutesBefore: draft.minutesBefore,
  minutesAfter: draft.minutesAfter,
  modality: draft.modality,
  place: draft.place,
  address: draft.address.trim() || null,
  entrance: draft.entrance.trim() || null,
  callbackPhone: draft.callbackPhone.trim() || null,
  language: draft.language,
});

type Props = {
  draft: DetailsDraft;
  set: <K extends keyof DetailsDraft>(key: K, value: DetailsDraft[K]) => void;
  errorOf: (name: string) => string | undefined;
  addressHidden: boolean;
  mayBeNow: boolean;
  times?: ReactNode; // to choose from, below the time
};

/** When and where: in Swedish time, with the clock of whoever is elsewhere beside it. */
export function DetailsFields({ draft, set, errorOf, addressHidden, mayBeNow, times }: Props) {
  const { t, language } = useWords();
  const here = !draft.now && draft.date && draft.time ? bothClocks(momentOf(draft.date, draft.time), language).here : null;
  return (
    <>
      {mayBeNow && (
        <Radios
          legend={t('book.when')}
          value={draft.now ? 'now' : 'later'}
          onChange={(when) => set('now', when === 'now')}
          options={[
            { value: 'now', label: t('book.now') },
            { value: 'later', label: t('book.later') },
          ]}
        />
      )}
      {!draft.now && (
        <div className={css.pair}>
          <Field
            name="startsAt"
            type="date"
            label={t('book.date')}
            value={draft.date}
            onChange={(date) => set('date', date)}
            error={errorOf('startsAt')}
          />
          <Field
            name="time"
            type="time"
            label={t('book.time')}
            hint={here ? t('today.yourTime', { time: here }) : undefined}
            value={draft.time}
            onChange={(time) => set('time', time)}
            error={errorOf('time')}
          />
        </div>
      )}
      <Radios
        legend={t('book.modality')}
        value={draft.modality}
        onChange={(modality) => set('modality', modality)}
        options={modalities.map((value) => ({ value, label: t(`contact.${value}`) }))}
      />
      <Select
        label={t('book.duration')}
        value={draft.durationMinutes}
        onChange={(minutes) => set('durationMinutes', minutes)}
        options={[...new Set(['15', '20', '30', '45', '60', '90', draft.durationMinutes])].map((minutes) => ({
          value: minutes,
          label: t('book.minutes', { count: Number(minutes) }),
        }))}
      />
      {times}
      <Field
        name="place"
        label={t('book.place')}
        hint={t('book.placeHint')}
        value={draft.place}
        onChange={(place) => set('place', place)}
        error={errorOf('place')}
        maxLength={120}
      />
      <AddressFields draft={draft} set={set} errorOf={errorOf} hidden={addressHidden} />
      <div className={css.pair}>
        <Field
          name="callbackPhone"
          type="tel"
          label={t('book.callback')}
          hint={t('book.callbackHint')}
          value={draft.callbackPhone}
          onChange={(phone) => set('callbackPhone', phone)}
          error={errorOf('callbackPhone')}
          maxLength={32}
        />
        <Select
          label={t('book.language')}
          value={draft.language}
          onChange={(chosen) => set('language', chosen)}
          options={(['sv', 'en', 'es', 'fi'] satisfies readonly (typeof languages)[number][]).map((tag) => ({
            value: tag,
            label: languageNames[tag],
          }))}
        />
      </div>
    </>
  );
}
