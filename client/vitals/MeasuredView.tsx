import { useState } from 'react';
import type { Measured, ReadingView } from '../../contract/measurements.ts';
import type { VitalKind } from '../../contract/vitals.ts';
import { bothClocks, careToday, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { BaselineForm } from './BaselineForm.tsx';
import { CorrectDialog } from './CorrectDialog.tsx';
import { News2Badge } from './News2Badge.tsx';
import { Trend } from './Trend.tsx';
import type { Whose } from './useMeasured.ts';
import css from './Vitals.module.css';
import { latest, measuredBesides, measuredFirst, useValueWithUnit } from './values.ts';

type Props = { measured: Measured; whose: Whose; onChanged: () => void; narrow?: boolean };

/** What is known of somebody's readings: the score, the last of each kind, and how one of them has gone. */
export function MeasuredView({ measured, whose, onChanged, narrow = false }: Props) {
  const { t } = useWords();
  const [kind, setKind] = useState<VitalKind | null>(null);
  const last = latest(measured);
  const kinds = [...measuredFirst, ...measuredBesides].filter((one) => last.has(one));
  const shown = kind ?? kinds.find((one) => one === 'pulse_per_minute') ?? kinds[0];
  const score = measured.news2.at(-1);
  const lastRound = measured.readings.at(-1)?.observationId;
  return (
    <div className={css.view}>
      {measured.news2Off && <p className={css.soft}>{t(`news2.off.${measured.news2Off}`)}</p>}
      {score && score.observationId === lastRound && <News2Badge {...score} />}
      {kinds.length === 0 && <p>{t('vitals.none')}</p>}
      <ul className={css.last}>
        {kinds.map((one) => (
          <li key={one}>
            <Last reading={last.get(one)} kind={one} shown={one === shown} onShow={() => setKind(one)} />
          </li>
        ))}
      </ul>
      {shown && <Trend measured={measured} kind={shown} height={narrow ? 180 : 260} />}
      {shown && <Rows measured={measured} kind={shown} onChanged={onChanged} />}
      {measured.may.record && <BaselineForm measured={measured} whose={whose} onKept={onChanged} />}
    </div>
  );
}

type LastProps = { reading: ReadingView | undefined; kind: VitalKind; shown: boolean; onShow: () => void };

function Last({ reading, kind, shown, onShow }: LastProps) {
  const { t, language } = useWords();
  const written = useValueWithUnit();
  if (!reading || reading.value === null) return null;
  return (
    <button type="button" aria-pressed={shown} onClick={onShow}>
      <span>{t(`vitals.kind.${kind}`)}</span>
      <strong>{written(kind, reading.value)}</strong>
      <small>{whenOf(reading.measuredAt, language)}</small>
    </button>
  );
}

/** The clock alone today, else the day too; Swedish time. */
const whenOf = (iso: string, language: string): string => {
  const clock = bothClocks(iso, language).care;
  const at = new Date(iso);
  if (careToday(at) === careToday()) return clock;
  return `${new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'Europe/Stockholm' }).format(at)} ${clock}`;
};

const fewest = 8;

/** Every reading of a kind with when, by whom and by what; what was corrected is struck through. */
function Rows({ measured, kind, onChanged }: { measured: Measured; kind: VitalKind; onChanged: () => void }) {
  const { t, language } = useWords();
  const written = useValueWithUnit();
  const [all, setAll] = useState(false);
  const [correcting, setCorrecting] = useState<ReadingView | null>(null);
  const rows = measured.readings.filter((reading) => reading.kind === kind).toReversed();
  return (
    <>
      <ul className={css.rows} aria-label={t('vitals.rowsOf', { kind: t(`vitals.kind.${kind}`) })}>
        {(all ? rows : rows.slice(0, fewest)).map((reading) => {
          const { id, value, corrected, measuredAt, by, device } = reading;
          const { care, here } = bothClocks(measuredAt, language);
          return (
            <li key={id}>
              <div>
                <p>
                  {corrected ? <s>{value === null ? t('vitals.withdrawn') : written(kind, value)}</s> : null}
                  {!corrected && <strong>{value === null ? t('vitals.withdrawn') : written(kind, value)}</strong>}
                  {corrected && ` ${t('vitals.corrected')}`}
                </p>
                <p className={css.soft}>
                  {dayOf(measuredAt, language)} {t('today.at', { time: care })}
                  {here && ` (${t('today.yourTime', { time: here })})`} · {by.name ?? by.place}
                  {device && ` · ${device}`}
                </p>
              </div>
              {measured.may.record && !corrected && (
                <Button
                  look="quiet"
                  aria-label={t('vitals.correctOf', { value: value === null ? '' : written(kind, value), time: care })}
                  onClick={() => setCorrecting(reading)}
                >
                  {t('vitals.correct')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {!all && rows.length > fewest && (
        <Button look="quiet" onClick={() => setAll(true)}>
          {t('vitals.all', { count: rows.length })}
        </Button>
      )}
      {correcting && (
        <CorrectDialog
          reading={correcting}
          onClose={(changed) => {
            setCorrecting(null);
            if (changed) onChanged();
          }}
        />
      )}
    </>
  );
}
