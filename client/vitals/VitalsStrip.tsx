import { HeartPulse } from 'lucide-react';
import type { Measured } from '../../contract/measurements.ts';
import type { VitalKind } from '../../contract/vitals.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { News2Badge } from './News2Badge.tsx';
import css from './Vitals.module.css';
import { scoreOf, standing, useValueWithUnit, valuesOf } from './values.ts';

const shown: VitalKind[] = ['respirations_per_minute', 'spo2_percent', 'pulse_per_minute', 'temperature_celsius', 'consciousness'];

/** What a narrow screen has room for. */
const brief = new Set<VitalKind>(['spo2_percent', 'pulse_per_minute']);

const oldMs = 60 * 60_000;
/** What was not measured in this visit says when it was. */
const isOld = (iso: string): boolean => Date.now() - Date.parse(iso) > oldMs;

/** What was measured last, beside the pictures; a press opens all of it. */
export default function VitalsStrip({ measured, onOpen }: { measured: Measured; onOpen: () => void }) {
  const { t, language } = useWords();
  const written = useValueWithUnit();
  const all = standing(measured);
  const last = all.at(-1);
  if (!last) return null;
  const values = valuesOf(all.filter(({ observationId }) => observationId === last.observationId));
  const score = scoreOf(measured, last.observationId);
  const { systolic_mmhg: upper, diastolic_mmhg: lower } = values;
  return (
    <button type="button" className={css.strip} onClick={onOpen}>
      <HeartPulse aria-hidden size={22} />
      <span className="visually-hidden">{t('vitals.title')}:</span>
      {shown.map((kind) => {
        const value = values[kind];
        return value === undefined ? null : (
          <span key={kind} data-brief={brief.has(kind)}>
            {t(`vitals.short.${kind}`)} <strong>{written(kind, value)}</strong>
          </span>
        );
      })}
      {upper !== undefined && (
        <span>
          {t('vitals.pressure')} <strong>{`${upper}/${lower ?? '–'}`}</strong>
        </span>
      )}
      {isOld(last.measuredAt) && (
        <span>
          {dayOf(last.measuredAt, language)} {t('today.at', { time: bothClocks(last.measuredAt, language).care })}
        </span>
      )}
      {score && <News2Badge {...score} brief />}
    </button>
  );
}
