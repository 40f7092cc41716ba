import type { Brief } from '../../contract/rounds.ts';
import { dateOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Facts } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';

const yearMs = 366 * 24 * 3_600_000;

/** What the home says of a resident; what is unknown is said to be. */
export function BriefView({ brief }: { brief: Brief }) {
  const { t, language } = useWords();
  const known = (text: string | null): string => text || t('round.brief.unknown');
  const { careLevel, informed } = brief;
  const old = careLevel !== null && Date.now() - Date.parse(careLevel.on) > yearMs;
  return (
    <>
      <Facts
        facts={[
          ...(['situation', 'background', 'assessment', 'recommendation', 'questions', 'medicines'] as const).map(
            (part): [string, string] => [t(`round.brief.${part}`), brief[part]],
          ),
          [t('round.brief.informed'), t(informed === null ? 'round.brief.unknown' : informed ? 'round.yes' : 'round.no')],
          [t('round.brief.allergies'), known(brief.allergies)],
          [t('round.brief.warnings'), known(brief.warnings)],
          [
            t('round.brief.careLevel'),
            careLevel
              ? `${careLevel.decision} (${careLevel.by}, ${dateOf(careLevel.on, language)}, ${careLevel.source})`
              : t('round.brief.unknown'),
          ],
          [t('round.brief.hearing'), known(brief.hearing)],
          [t('round.brief.sight'), known(brief.sight)],
        ]}
      />
      {old && <Notice>{t('round.brief.oldCareLevel')}</Notice>}
    </>
  );
}
