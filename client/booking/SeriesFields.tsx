import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Occurrence } from '../../contract/booking.ts';
import { api, codeOf } from '../app/api.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import css from '../ui/Card.module.css';
import { Check, Select } from '../ui/Choices.tsx';
import { Notice } from '../ui/Notice.tsx';

/** Of all times those that are left out; `asked` is what the times are an answer to. */
export type SeriesDraft = { everyWeeks: number; count: number; left: string[]; times: string[]; asked: string };
export const firstSeries: SeriesDraft = { everyWeeks: 1, count: 4, left: [], times: [], asked: '' };

/** When the rest of a series comes. */
export const timesOf = (series: SeriesDraft | null): string[] => series?.times.filter((at) => !series.left.includes(at)) ?? [];

export type SeriesWanted = {
  unitId: string;
  startsAt: string;
  minutes: number;
  minutesBefore: number;
  minutesAfter: number;
  userIds: string[];
  resourceIds: string[];
};
const keyOf = (wanted: SeriesWanted, { everyWeeks, count }: SeriesDraft): string => JSON.stringify([wanted, everyWeeks, count]);

/** Whether its times are those of what is wanted now. */
export const isSettled = (series: SeriesDraft, wanted: SeriesWanted | null): boolean =>
  wanted !== null && series.times.length > 0 && series.asked === keyOf(wanted, series);
type Props = {
  wanted: SeriesWanted | null; // null: the first has no time yet
  series: SeriesDraft | null;
  onSeries: (series: SeriesDraft | null) => void;
  nameOf: (id: string) => string;
  error?: string | undefined;
};

const weeks = [1, 2, 3, 4, 6, 8, 12];
const counts = [2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 26];

/** The same visit again: how often, how many times, and which of them stand in somebody's way. */
export function SeriesFields({ wanted, series, onSeries, nameOf, error }: Props) {
  const { t } = useWords();
  return (
    <>
      <Check checked={series !== null} onChange={(on) => onSeries(on ? firstSeries : null)}>
        {t('series.repeat')}
      </Check>
      {series && (
        <>
          <div className={css.pair}>
            <Select
              label={t('series.every')}
              value={String(series.everyWeeks)}
              onChange={(every) => onSeries({ ...firstSeries, count: series.count, everyWeeks: Number(every) })}
              options={weeks.map((count) => ({ value: String(count), label: t('series.weeks', { count }) }))}
            />
            <Select
              label={t('series.count')}
              value={String(series.count)}
              onChange={(count) => onSeries({ ...firstSeries, everyWeeks: series.everyWeeks, count: Number(count) })}
              options={counts.map((count) => ({ value: String(count), label: t('series.times', { count }) }))}
            />
          </div>
          {wanted ? <Occurrences wanted={wanted} series={series} onSeries={onSeries} nameOf={nameOf} /> : <p>{t('series.noTime')}</p>}
          {error && <Notice look="problem">{error}</Notice>}
        </>
      )}
    </>
  );
}

function Occurrences({ wanted, series, onSeries, nameOf }: Props & { wanted: SeriesWanted; series: SeriesDraft }) {
  const { t, language } = useWords();
  const { everyWeeks, count, left } = series;
  const { data, error } = useQuery({
    queryKey: ['occurrences', wanted, everyWeeks, count],
    queryFn: () => api('POST /api/visits/occurrences', { body: { ...wanted, repeat: { everyWeeks, count } } }),
  });
  useEffect(() => {
    if (!data) return;
    const hindered = data.filter(({ taken, holiday }) => taken.length > 0 || holiday !== null).map(({ startsAt }) => startsAt);
    onSeries({ ...series, times: data.map(({ startsAt }) => startsAt), left: hindered, asked: keyOf(wanted, series) });
    // Only a new answer chooses anew: what is ticked by hand stays.
  }, [data]);
  if (error) return <Notice look="problem">{t(`error.${codeOf(error)}`)}</Notice>;
  if (!data) return <p role="status">{t('app.loading')}</p>;
  const hindrance = ({ taken, holiday }: Occurrence): string | null =>
    taken.length > 0 ? t('series.taken', { names: taken.map(nameOf).join(', ') }) : holiday && t('series.holiday', { name: holiday });
  return (
    <fieldset style={{ display: 'grid', gap: 8 }}>
      <legend style={{ fontWeight: 600 }}>{t('series.which')}</legend>
      {data.map((one) => (
        <Check
          key={one.startsAt}
          checked={!left.includes(one.startsAt)}
          onChange={(on) => onSeries({ ...series, left: on ? left.filter((at) => at !== one.startsAt) : [...left, one.startsAt] })}
        >
          {dayOf(one.startsAt, language)} {bothClocks(one.startsAt, language).care} {hindrance(one) && <small>{hindrance(one)}</small>}
        </Check>
      ))}
    </fieldset>
  );
}
