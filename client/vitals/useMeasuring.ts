/** What is being measured just now: typed, doubted, said to be right, and filed together. */
import { useCallback, useRef, useState } from 'react';
import type { Measured } from '../../contract/measurements.ts';
import { type Doubt, doubtOf, pressuresFit, type Values, type VitalKind } from '../../contract/vitals.ts';
import { ApiError, api, codeOf } from '../app/api.ts';
import { newId } from '../media/newId.ts';
import { fileOrKeep, waitingRound } from '../offline/fileOrKeep.ts';
import type { Reading } from './meters/gatt.ts';
import { measuredFirst, runningRound } from './values.ts';

export type Where = { visitId: string } | { unitId: string };
/** `device`: the meter that it was read from, with its own clock. */
type Entry = { id: string; text: string; confirmed: boolean; at: string; device: string | null; deviceAt: string | null };
export type EntryDoubt = Doubt | 'pressures' | 'weightJump';

const entryOf = (text: string, device: string | null = null, deviceAt: string | null = null): Entry => ({
  ...{ id: newId(), text, device, deviceAt },
  confirmed: false,
  at: new Date().toISOString(),
});

export const numberOf = (text: string): number | null => (/^\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : null);

export function useMeasuring(measured: Measured, where: Where, about: string, onFiled: () => void) {
  const [entries, setEntries] = useState<Partial<Record<VitalKind, Entry>>>({});
  const [active, setActive] = useState<VitalKind>(measuredFirst[0]);
  const [askedAbout, setAskedAbout] = useState<EntryDoubt | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | 'delegation' | null>(null);
  const [round] = useState(() => {
    const visitId = 'visitId' in where ? where.visitId : null;
    return runningRound(measured, visitId, Date.now()) ?? (visitId === null ? null : waitingRound(visitId));
  });
  const ownRoundId = useRef(newId());
  const text = entries[active]?.text ?? '';

  const typed: Values = {};
  for (const [kind, entry] of Object.entries(entries)) {
    const value = numberOf(entry.text);
    if (value !== null && doubtOf(kind as VitalKind, value) !== 'impossible') typed[kind as VitalKind] = value;
  }
  const values: Values = { ...round?.values, ...typed };

  const doubt = (kind: VitalKind): EntryDoubt | null => {
    const entry = entries[kind];
    if (!entry || entry.text === '') return null;
    const value = numberOf(entry.text);
    const found = value === null ? 'impossible' : doubtOf(kind, value);
    if (found && !(found === 'unusual' && entry.confirmed)) return found;
    return (kind === 'diastolic_mmhg' || kind === 'systolic_mmhg') && !pressuresFit(values) ? 'pressures' : null;
  };

  const impossible = (kind: VitalKind): boolean => {
    const value = numberOf(entries[kind]?.text ?? '');
    return entries[kind] !== undefined && (value === null || doubtOf(kind, value) === 'impossible');
  };

  const write = (next: string, kind: VitalKind = active): void => {
    setAskedAbout(null);
    setEntries(({ [kind]: _, ...others }) => (next === '' ? others : { ...others, [kind]: entryOf(next) }));
  };

  /** What a meter says stands in the place of what was typed, as if it had been typed. */
  const take = useCallback(({ values: read, deviceAt }: Reading, device: string): void => {
    setAskedAbout(null);
    const fresh = Object.entries(read).map(([kind, value]) => [kind, entryOf(String(value).replace('.', ','), device, deviceAt)]);
    setEntries((before) => ({ ...before, ...Object.fromEntries(fresh) }));
    const [first] = Object.keys(read) as VitalKind[];
    if (first) setActive(first);
  }, []);

  /** To another kind, if nothing speaks against what stands here. @returns whether it went there. */
  const go = (to: VitalKind): boolean => {
    const found = doubt(active);
    setAskedAbout(found);
    const together = to === 'systolic_mmhg' || to === 'diastolic_mmhg';
    if (found && !(found === 'pressures' && together)) return false; // of two that do not fit either may be the wrong one
    setActive(to);
    return true;
  };

  const confirm = (): void => {
    setAskedAbout(null);
    const entry = entries[active];
    if (entry) setEntries({ ...entries, [active]: { ...entry, confirmed: true } });
  };

  const file = async (): Promise<void> => {
    const kinds = Object.keys(entries) as VitalKind[];
    const wrong = kinds.find((kind) => doubt(kind));
    if (wrong) {
      setActive(wrong);
      setAskedAbout(doubt(wrong));
      return;
    }
    setBusy(true);
    setProblem(null);
    const readings = kinds.map((kind) => {
      const { id, at, confirmed, device, deviceAt } = entries[kind] ?? entryOf('');
      return { id, kind, value: typed[kind] ?? 0, measuredAt: at, confirmed, device, deviceAt };
    });
    const body = { id: round?.id ?? ownRoundId.current, patientId: measured.patientId, readings };
    const given = { ...body, sentAt: new Date().toISOString() };
    try {
      if ('visitId' in where) await fileOrKeep(where.visitId, about, body);
      else
        await api('POST /api/patients/:patientId/measurements', {
          params: { patientId: measured.patientId },
          body: { ...given, ...where },
        });
      onFiled();
    } catch (error) {
      const [, index = ''] = (error instanceof ApiError && error.field?.match(/^readings\.(\d+)\.confirmed$/)) || [];
      const kind = readings[Number(index)]?.kind;
      if (index !== '' && kind) {
        setActive(kind);
        setAskedAbout(kind === 'weight_kg' ? 'weightJump' : 'unusual');
      } else setProblem(error instanceof ApiError && error.field === 'delegation' ? 'delegation' : codeOf(error));
    }
    setBusy(false);
  };

  return {
    entries,
    active,
    text,
    values,
    impossible,
    scale: measured.baseline.spo2Scale2 ? (2 as const) : (1 as const),
    askedAbout,
    write,
    go,
    take,
    confirm,
    file,
    busy,
    problem,
  };
}
