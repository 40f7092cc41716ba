import type { VisitRecord } from '../../contract/record.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { CheckFigures, sayingOf } from '../check/CheckResult.tsx';
import { Card } from '../ui/Card.tsx';
import { useNameOf } from '../ui/person.ts';

/** What was checked before the visit, and how everybody's line was during it. */
export function QualityCard({ record }: { record: VisitRecord }) {
  const { t, language } = useWords();
  const nameOf = useNameOf();
  const { people, quality, checks } = record;
  const who = (participantId: string): string => {
    const person = people.find(({ id }) => id === participantId);
    return person ? nameOf(person) : '';
  };
  return (
    <Card title={t('record.quality')} id="quality">
      {quality.length === 0 && checks.length === 0 && <p>{t('record.qualityNone')}</p>}
      {checks.map(({ participantId, at, verdict, report }) => (
        <div key={participantId}>
          <p>
            <strong>{t('check.of', { name: who(participantId) })}</strong> {dayOf(at, language)}{' '}
            {t('today.at', { time: bothClocks(at, language).care })}: {t(`check.verdict_${sayingOf(report, verdict)}`)}
          </p>
          <CheckFigures report={report} />
        </div>
      ))}
      {quality.map(({ participantId, good, weak, bad, gaps, gapSeconds }) => {
        const all = good + weak + bad;
        const percent = (count: number): number => Math.round((count / all) * 100);
        return (
          <p key={participantId}>
            {t('record.qualityOf', { name: who(participantId), good: percent(good), weak: percent(weak), bad: percent(bad) })}
            {gaps > 0 && `; ${t('record.qualityGaps', { times: gaps, seconds: gapSeconds })}`}
          </p>
        );
      })}
    </Card>
  );
}
