import { HeartPulse, ImageOff, SignalLow } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { goodLine } from '../../contract/line.ts';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { useLocal, useSession, useView } from '../visit/useVisit.ts';
import css from './RoomPage.module.css';

/** What one's own line has no room for, and what one has chosen to do without. */
export function LineBanners({ snapshot: { you } }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const { receives, sends } = useView(session).lines.get(you.id) ?? goodLine;
  const { soundOnly } = useSyncExternalStore(session.pictures.view.subscribe, session.pictures.view.get);
  const { rawSound } = useLocal(session);
  const both = receives === 'speech' && sends === 'speech';
  const words = both
    ? [t('line.bothSpeech')]
    : [
        receives === 'speech' && t('line.receivesSpeech'),
        receives === 'examination' && t('line.receivesExamination'),
        sends === 'speech' && t('line.sendsSpeech'),
      ].filter((text) => text !== false);
  return (
    <>
      {!soundOnly && words.length > 0 && (
        <div className={css.banner} role="status">
          {words.map((text) => (
            <p key={text}>
              <SignalLow aria-hidden size={22} /> {text}
            </p>
          ))}
        </div>
      )}
      {soundOnly && (
        <div className={css.banner} role="status">
          <p>
            <ImageOff aria-hidden size={22} /> {t('line.soundOnlyOn')}
          </p>
          <Button onClick={() => void session.pictures.soundOnly(false)}>{t('line.pictures')}</Button>
        </div>
      )}
      {rawSound && (
        <div className={css.banner} role="status">
          <p>
            <HeartPulse aria-hidden size={22} /> {t('line.rawOn')}
          </p>
          <Button onClick={() => void session.own.bodySounds(false)}>{t('line.rawOff')}</Button>
        </div>
      )}
    </>
  );
}
