import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Measured } from '../../contract/measurements.ts';
import type { VitalKind } from '../../contract/vitals.ts';
import { dateOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { bandOf, type Period, periods, seriesOf } from './trend.ts';
import css from './Vitals.module.css';
import { standing, useValueWithUnit } from './values.ts';

const daySeconds = 24 * 3_600;
/** Of an axis that says days and no hours. */
const wholeDays = [1, 2, 7, 14, 30, 60, 90].map((days) => days * daySeconds);

/** How one kind has gone, with the band that NEWS2 gives no points for. The rows below say the same in words. */
export function Trend({ measured, kind, height }: { measured: Measured; kind: VitalKind; height: number }) {
  const { t, language } = useWords();
  const written = useValueWithUnit();
  const [period, setPeriod] = useState<Period>('all');
  const place = useRef<HTMLDivElement>(null);
  const series = useMemo(() => seriesOf(standing(measured), kind), [measured, kind]);
  const [times, ...lines] = series.data;
  const band = bandOf(kind, measured.baseline.spo2Scale2 !== null);
  const label = t(`vitals.kind.${kind}`);
  useLayoutEffect(() => {
    const container = place.current;
    if (!container || times.length < 2) return;
    const style = getComputedStyle(container);
    const [ink, wash, soft] = ['--pine', '--pine-wash', '--ink-soft'].map((name) => style.getPropertyValue(name).trim());
    const last = times.at(-1) ?? 0;
    const days = periods[period];
    const first = days === null ? (times[0] ?? 0) : Math.max(last - days * daySeconds, 0);
    const margin = Math.max((last - first) * 0.02, 60);
    const plot = new uPlot(
      {
        width: container.clientWidth,
        height,
        legend: { show: false },
        cursor: { drag: { x: false, y: false } },
        scales: { x: { min: first - margin, max: last + margin }, y: { range: (_, least, most) => rangeOf(least, most, band) } },
        axes: [
          {
            stroke: soft ?? '',
            grid: { show: false },
            ...(last - first > 2 * daySeconds ? { incrs: wholeDays } : {}),
            values: (_, at) => at.map((one) => axisTime(one, last - first, language)),
          },
          { stroke: soft ?? '', size: 48 },
        ],
        series: [
          {},
          ...lines.map((_, index) => ({
            label: series.labels[index] ?? '',
            stroke: ink ?? '',
            width: 2,
            spanGaps: true,
            points: { show: times.length < 200, size: 7 },
          })),
        ],
        hooks: { drawClear: [(drawn) => drawBand(drawn, band, wash ?? '')] },
      },
      series.data,
      container,
    );
    const resized = new ResizeObserver(() => plot.setSize({ width: container.clientWidth, height }));
    resized.observe(container);
    return () => {
      resized.disconnect();
      plot.destroy();
    };
  }, [series, times, lines, band, height, period, language]);
  if (times.length < 2) return null;
  const [from, until] = [times[0] ?? 0, times.at(-1) ?? 0].map((one) => dateOf(new Date(one * 1_000).toISOString().slice(0, 10), language));
  const known = lines.flat().filter((value) => value !== null);
  const said = {
    kind: label,
    count: times.length,
    from: from ?? '',
    until: until ?? '',
    least: written(kind, Math.min(...known)),
    most: written(kind, Math.max(...known)),
  };
  return (
    <figure className={css.trend}>
      <figcaption>{label}</figcaption>
      <div className={css.periods}>
        {(Object.keys(periods) as Period[]).map((one) => (
          <button key={one} type="button" aria-pressed={one === period} onClick={() => setPeriod(one)}>
            {t(`vitals.period.${one}`)}
          </button>
        ))}
      </div>
      <div ref={place} className={css.plot} role="img" aria-label={t('vitals.trendSaid', said)} />
      {band && <p className={css.soft}>{t('vitals.band', { least: band[0], most: written(kind, band[1]) })}</p>}
    </figure>
  );
}

/** What is known and the band are both in sight. */
function rangeOf(least: number, most: number, band: [number, number] | null): [number, number] {
  const [low, high] = [Math.min(least, band?.[0] ?? least), Math.max(most, band?.[1] ?? most)];
  const air = Math.max((high - low) * 0.08, 1);
  return [low - air, high + air];
}

function drawBand({ ctx, bbox, valToPos }: uPlot, band: [number, number] | null, wash: string): void {
  if (!band) return;
  const [top, bottom] = [valToPos(band[1], 'y', true), valToPos(band[0], 'y', true)];
  ctx.save();
  ctx.fillStyle = wash;
  ctx.fillRect(bbox.left, Math.max(top, bbox.top), bbox.width, Math.min(bottom, bbox.top + bbox.height) - Math.max(top, bbox.top));
  ctx.restore();
}

const axisTime = (seconds: number, spanSeconds: number, language: string): string =>
  new Intl.DateTimeFormat(
    language,
    spanSeconds > 2 * daySeconds
      ? { day: 'numeric', month: 'short', timeZone: 'Europe/Stockholm' }
      : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'Europe/Stockholm' },
  ).format(seconds * 1_000);
