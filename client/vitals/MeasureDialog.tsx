import { ArrowRight, Bluetooth, Check } from 'lucide-react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { Measured } from '../../contract/measurements.ts';
import { news2 } from '../../contract/news2.ts';
import type { PatientBrief } from '../../contract/visits.ts';
import { consciousnessLevels, plausible, sampledKinds, type VitalKind } from '../../contract/vitals.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useAwake } from '../ui/useAwake.ts';
import { Keypad } from './Keypad.tsx';
import { MeterRow } from './meters/MeterRow.tsx';
import { News2Badge } from './News2Badge.tsx';
import { type EntryDoubt, numberOf, useMeasuring, type Where } from './useMeasuring.ts';
import css from './Vitals.module.css';
import { measuredBesides, measuredFirst, useValueWords } from './values.ts';

type Person = Pick<PatientBrief, 'name' | 'birthYear'>;
type Props = { measured: Measured; patient: Person; where: Where; onClose: (filed: boolean) => void };

const kinds: VitalKind[] = [...measuredFirst, ...measuredBesides];
const flows = ['0', '1', '2', '3', '4', '5'];

/** One thing at a time, on large keys, with whose it is always in sight; all of it is filed together. */
export function MeasureDialog({ measured, patient, where, onClose }: Props) {
  const { t } = useWords();
  useAwake();
  const measuring = useMeasuring(measured, where, patient.name, () => onClose(true));
  const { entries, active, text, values, scale, askedAbout, write, go, take, confirm, file, busy, problem } = measuring;
  const count = Object.keys(entries).length;
  const next = (): void => void go(kinds[kinds.indexOf(active) + 1] ?? active);
  return (
    <ModalOverlay isOpen onOpenChange={(open) => !open && onClose(false)} className={css.overlay ?? ''}>
      <Modal className={css.sheet ?? ''}>
        <Dialog className={css.measure ?? ''}>
          <header>
            <Heading slot="title">{t('vitals.measure')}</Heading>
            <p className={css.whose}>
              {patient.name} · {t('patient.born', { year: patient.birthYear })}
            </p>
          </header>
          <MeterRow patient={{ id: measured.patientId, name: patient.name }} onReading={take} />
          <Kinds measuring={measuring} samples={measured.may.sample} />
          <div className={css.entry}>
            {askedAbout && <Asked about={askedAbout} kind={active} text={text} onRight={confirm} />}
            {active === 'consciousness' ? (
              <Levels
                value={text}
                usual={measured.baseline.cognition === 'confused'}
                onChoose={(level) => write(String(level), 'consciousness')}
              />
            ) : (
              <>
                {active === 'oxygen_litres_per_minute' && (
                  <div className={css.flows}>
                    {flows.map((flow) => (
                      <button key={flow} type="button" aria-pressed={text === flow} onClick={() => write(flow)}>
                        {flow === '0' ? t('vitals.air') : `${flow} l`}
                      </button>
                    ))}
                  </div>
                )}
                <Keypad kind={active} text={text} wrong={askedAbout !== null} onText={(now) => write(now)} onDone={next} />
              </>
            )}
            <Button wide icon={<ArrowRight aria-hidden size={22} />} onClick={next}>
              {t('vitals.next')}
            </Button>
          </div>
          <footer>
            {measured.news2Off ? (
              <p className={css.soft}>{t(`news2.off.${measured.news2Off}`)}</p>
            ) : (
              <News2Badge {...news2(values, scale)} scale={scale} />
            )}
            {problem && <Notice look="problem">{problem === 'delegation' ? t('field.delegation') : t(`error.${problem}`)}</Notice>}
            <div className={css.buttons}>
              <Button look="quiet" onClick={() => onClose(false)}>
                {t('app.cancel')}
              </Button>
              <Button look="primary" disabled={busy || count === 0} icon={<Check aria-hidden size={22} />} onClick={() => void file()}>
                {t('vitals.file', { count })}
              </Button>
            </div>
          </footer>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** What there is to measure, with what has been typed. */
function Kinds({
  measuring: { active, entries, values, go, impossible },
  samples,
}: {
  measuring: ReturnType<typeof useMeasuring>;
  samples: boolean; // may take blood
}) {
  const { t } = useWords();
  const words = useValueWords();
  return (
    <ul className={css.kinds}>
      {kinds.map((kind) => {
        const value = values[kind];
        const barred = !samples && sampledKinds.includes(kind);
        return (
          <li key={kind}>
            <button
              type="button"
              disabled={barred}
              aria-current={active === kind}
              data-typed={entries[kind] !== undefined && !impossible(kind)}
              data-wrong={impossible(kind)}
              onClick={() => void go(kind)}
            >
              <span>{t(`vitals.short.${kind}`)}</span>
              <strong>{value === undefined ? '–' : words(kind, value)}</strong>
              {barred && <small>{t('delegation.missing')}</small>}
              {entries[kind]?.device && (
                <small>
                  <Bluetooth aria-hidden size={18} />{' '}
                  <span className="visually-hidden">{t('meter.from', { meter: entries[kind].device })}</span>
                </small>
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function Levels({ value, usual, onChoose }: { value: string; usual: boolean; onChoose: (level: number) => void }) {
  const { t } = useWords();
  return (
    <fieldset className={css.levels}>
      <legend>{t('vitals.kind.consciousness')}</legend>
      {consciousnessLevels.map((level, index) =>
        level === 'usualConfusion' && !usual ? null : (
          <button key={level} type="button" aria-pressed={value === String(index)} onClick={() => onChoose(index)}>
            {t(`consciousness.${level}`)}
          </button>
        ),
      )}
      {!usual && <p className={css.soft}>{t('consciousness.unknownIsNew')}</p>}
    </fieldset>
  );
}

/** Says what speaks against a value: what is unusual can be right, what is impossible cannot. */
function Asked({ about, kind, text, onRight }: { about: EntryDoubt; kind: VitalKind; text: string; onRight: () => void }) {
  const { t } = useWords();
  const words = useValueWords();
  const value = numberOf(text);
  const [least, most] = plausible[kind].possible;
  const asked = about === 'unusual' || about === 'weightJump';
  return (
    <Notice look="problem">
      <p>
        {asked
          ? t(`vitals.doubt.${about}`, { value: value === null ? text : words(kind, value) })
          : t(`vitals.doubt.${about}`, {
              least: words(kind, least),
              most: words(kind, most),
              unit: t(`vitals.unit.${kind}`, { defaultValue: '' }),
            })}
      </p>
      {asked && <Button onClick={onRight}>{t('vitals.isRight')}</Button>}
    </Notice>
  );
}
