import { CircleAlert, CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import type { CheckReport, Verdict } from '../../contract/check.ts';
import { useWords } from '../app/words.ts';
import { Facts } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import css from './CheckPage.module.css';

type Saying = Verdict | 'microphone' | 'speaker' | 'camera' | 'untried';

/** What to say first: of several troubles the one that stands most in the way. */
export function sayingOf({ way, microphone, speaker, camera }: CheckReport, verdict: Verdict): Saying {
  if (way === null) return 'none';
  if (microphone !== 'works') return 'microphone';
  if (speaker === 'notHeard') return 'speaker';
  if (verdict !== 'speech' && camera !== 'works') return 'camera';
  return verdict === 'all' && speaker === 'notTried' ? 'untried' : verdict;
}

/** What was found, in plain words first and in figures below. */
export function CheckResult({ report, verdict }: { report: CheckReport; verdict: Verdict }) {
  const { t } = useWords();
  const saying = sayingOf(report, verdict);
  return (
    <>
      <Notice look={saying === 'all' || saying === 'untried' ? 'info' : 'problem'}>
        <strong>{t(`check.verdict_${saying}`)}</strong> {t(`check.advice_${saying}`)}
      </Notice>
      <ul className={css.found}>
        <Found as={report.camera === 'works' ? 'works' : 'worksNot'} label={t('lobby.camera')} />
        <Found as={report.microphone === 'works' ? 'works' : 'worksNot'} label={t('lobby.microphone')} />
        <Found as={heardAs[report.speaker]} label={t('lobby.speaker')} />
        <Found as={report.way === null ? 'worksNot' : verdict === 'speech' ? 'weak' : 'works'} label={t('check.line')} />
      </ul>
      <CheckFigures report={report} />
    </>
  );
}

const heardAs = { heard: 'works', notHeard: 'worksNot', notTried: 'notTried' } as const;
const signOf = { works: CircleCheck, weak: CircleAlert, worksNot: CircleX, notTried: CircleHelp };

function Found({ as, label }: { as: keyof typeof signOf; label: string }) {
  const { t } = useWords();
  const Sign = signOf[as];
  return (
    <li data-found={as}>
      <Sign aria-hidden size={26} /> {label}: {t(`check.${as}`)}
    </li>
  );
}

const megabits = (bps: number | null): string | null => (bps === null ? null : `${(bps / 1_000_000).toFixed(1)} Mbit/s`);
const ms = (value: number | null): string | null => (value === null ? null : `${Math.round(value)} ms`);
const percent = (part: number | null): string | null => (part === null ? null : `${Math.round(part * 100)} %`);

/** For whoever helps with it. */
export function CheckFigures({ report }: { report: CheckReport }) {
  const { t } = useWords();
  const { reach } = report;
  const yes = (reached: boolean): string => t(reached ? 'check.yes' : 'check.no');
  return (
    <details className={css.figures}>
      <summary>{t('check.figures')}</summary>
      <Facts
        facts={[
          [t('check.browser'), report.browser],
          ['UDP', yes(reach.udp)],
          ['TCP', yes(reach.tcp)],
          [t('check.relay'), reach.relay === null ? null : yes(reach.relay)],
          [t('check.roundTrip'), ms(report.roundTripMs)],
          [t('check.jitter'), ms(report.jitterMs)],
          [t('check.lossUp'), percent(report.lossUp)],
          [t('check.lossDown'), percent(report.lossDown)],
          [t('check.up'), megabits(report.upBps)],
          [t('check.down'), megabits(report.downBps)],
        ]}
      />
    </details>
  );
}
