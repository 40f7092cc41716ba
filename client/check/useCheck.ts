import { useEffect, useRef, useState } from 'react';
import type { CheckReport, Verdict } from '../../contract/check.ts';
import type { WireErrorCode } from '../../contract/wire.ts';
import { api, codeOf } from '../app/api.ts';
import type { LocalMedia } from '../media/LocalMedia.ts';
import { LineCheck } from './LineCheck.ts';

export type Step = 'reach' | 'measure' | 'keep';
export type CheckState =
  | { at: 'ready' }
  | { at: 'running'; step: Step; part: number }
  | { at: 'done'; checkId: string; report: CheckReport; verdict: Verdict }
  | { at: 'failed'; code: WireErrorCode | 'offline' };

type Of = { reference: string | null; visitId: string | null };

/** Runs a check of the line with the devices as they are, and files what was found. One at a time. */
export function useCheck(local: LocalMedia, { reference, visitId }: Of, speaker: CheckReport['speaker']) {
  const [state, setState] = useState<CheckState>({ at: 'ready' });
  const running = useRef(false);
  const file = async (checkId: string, report: CheckReport): Promise<Verdict> =>
    (await api('POST /api/checks/:checkId/report', { params: { checkId }, body: { report, reference, visitId } })).verdict;
  // Who listens to the tones afterwards is believed too, and the report says it as long as the check is open.
  useEffect(() => {
    if (state.at !== 'done' || state.report.speaker === speaker) return;
    const done = { ...state, report: { ...state.report, speaker } };
    setState(done);
    void file(done.checkId, done.report).catch(() => undefined);
  });
  const run = async (): Promise<void> => {
    if (running.current) return;
    running.current = true;
    setState({ at: 'running', step: 'reach', part: 0 });
    let check: LineCheck | null = null;
    try {
      check = await LineCheck.begin(local.state.get().tracks.microphone);
      const reach = await check.reach();
      const line = await check.measure(reach, (part) => setState({ at: 'running', step: 'measure', part }));
      setState({ at: 'running', step: 'keep', part: 1 });
      const report: CheckReport = { browser: browserName(), ...devicesOf(local), speaker, ...line };
      setState({ at: 'done', checkId: check.checkId, report, verdict: await file(check.checkId, report) });
    } catch (error) {
      setState({ at: 'failed', code: codeOf(error) });
    } finally {
      check?.close();
      running.current = false;
    }
  };
  return { state, run };
}

function devicesOf(local: LocalMedia): Pick<CheckReport, 'camera' | 'microphone'> {
  const { tracks, problems } = local.state.get();
  const stateOf = (device: 'camera' | 'microphone'): CheckReport['camera'] => {
    if (tracks[device]) return 'works';
    const problem = problems[device] ?? '';
    return problem.startsWith('denied') ? 'denied' : problem.startsWith('busy') ? 'busy' : 'missing';
  };
  return { camera: stateOf('camera'), microphone: stateOf('microphone') };
}

/** Name and main version, as far as the browser says; no more, since more would tell who it is. */
function browserName(): string {
  const known = [/Firefox\/(\d+)/, /Edg\/(\d+)/, /Chrome\/(\d+)/, /Version\/(\d+).*Safari/];
  const names = ['Firefox', 'Edge', 'Chrome', 'Safari'];
  const index = known.findIndex((pattern) => pattern.test(navigator.userAgent));
  const version = known[index]?.exec(navigator.userAgent)?.[1];
  return index < 0 ? 'other' : `${names[index]} ${version}`;
}
