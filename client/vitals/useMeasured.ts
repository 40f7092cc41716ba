import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Measured } from '../../contract/measurements.ts';
import { api, codeOf } from '../app/api.ts';
import { contact } from '../offline/kept.ts';

/** Whose readings: as they are seen beside a visit, or on the patient's page. */
export type Whose = { visitId: string } | { patientId: string };

export type MeasuredState = { measured: Measured | null; problem: ReturnType<typeof codeOf> | null; reload: () => void };

/** @param stamp - when it changes there is something new. @param wanted - nothing is read, and nothing audited, before. */
export function useMeasured(whose: Whose, days: number, stamp: string | null = null, wanted = true): MeasuredState {
  const [state, setState] = useState<Omit<MeasuredState, 'reload'>>({ measured: null, problem: null });
  const [asked, setAsked] = useState(0);
  const { away } = useSyncExternalStore(contact.subscribe, contact.get); // read anew when the line is back
  const [kind, id] = 'visitId' in whose ? (['visit', whose.visitId] as const) : (['patient', whose.patientId] as const);
  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    const query = { days: String(days) };
    const reading =
      kind === 'visit'
        ? api('GET /api/visits/:visitId/measurements', { params: { visitId: id }, query })
        : api('GET /api/patients/:patientId/measurements', { params: { patientId: id }, query });
    reading.then(
      (measured) => !gone && setState({ measured, problem: null }),
      (error: unknown) => !gone && setState(({ measured }) => ({ measured, problem: codeOf(error) })),
    );
    return () => {
      gone = true;
    };
  }, [kind, id, days, stamp, wanted, asked, away]);
  return { ...state, reload: useCallback(() => setAsked((count) => count + 1), []) };
}
