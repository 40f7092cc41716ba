import { Activity } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import type { CheckReport } from '../../contract/check.ts';
import { useWords } from '../app/words.ts';
import type { LocalMedia } from '../media/LocalMedia.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import css from './CheckPage.module.css';
import { CheckResult } from './CheckResult.tsx';
import { useCheck } from './useCheck.ts';

type Props = {
  local: LocalMedia;
  reference: string | null;
  visitId: string | null;
  speaker: CheckReport['speaker'];
  primary: boolean;
  atOnce?: boolean;
};

/** The button that checks the line, how far it has come, and what it found. */
export default function RunCheck({ local, reference, visitId, speaker, primary, atOnce = false }: Props) {
  const { t } = useWords();
  const { state, run } = useCheck(local, { reference, visitId }, speaker);
  const begin = useEffectEvent(() => void (atOnce && run()));
  useEffect(() => begin(), []);
  return (
    <>
      {state.at === 'running' ? (
        <div role="status">
          <p>{t(`check.step_${state.step}`)}</p>
          <div className={css.bar}>
            <span style={{ width: `${Math.round(state.part * 100)}%` }} />
          </div>
        </div>
      ) : (
        <Button
          look={primary && state.at !== 'done' ? 'primary' : 'plain'}
          wide
          icon={<Activity aria-hidden size={22} />}
          onClick={() => void run()}
        >
          {t(state.at === 'ready' ? 'check.run' : 'check.again')}
        </Button>
      )}
      <div role="status">{state.at === 'done' && <CheckResult report={state.report} verdict={state.verdict} />}</div>
      {state.at === 'failed' && <Notice look="problem">{t(`error.${state.code}`)}</Notice>}
    </>
  );
}
