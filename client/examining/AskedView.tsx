import { Ban, Camera, Check, Volume2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Asked } from '../../contract/examination.ts';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { useSession } from '../visit/useVisit.ts';
import css from './Examining.module.css';
import { TakeStill } from './TakeStill.tsx';
import { iconOf, useAskWords } from './views.ts';

/** Beside the patient: one large instruction, with a picture, and said aloud; and two answers. */
export default function AskedView({ snapshot, asked }: { snapshot: VisitSnapshot; asked: Asked }) {
  const { t, language } = useWords();
  const session = useSession();
  const words = useAskWords()(asked);
  const [taking, setTaking] = useState(false);
  useEffect(() => {
    say(words, language);
    return () => window.speechSynthesis?.cancel();
  }, [words, language]);
  const Icon = iconOf[asked.view];
  const answer = (shown: boolean): void => void session.perform('examination:done', { id: asked.id, shown });
  return (
    <section className={css.asked} aria-label={t('examine.asked')}>
      <Icon aria-hidden size={72} />
      <div className={css.says}>
        <h2>{asked.view === 'other' ? t('examine.asked') : t(`view.${asked.view}`)}</h2>
        <p role="status">{words}</p>
      </div>
      <div className={css.answers}>
        {asked.picture && (
          <Button look="primary" icon={<Camera aria-hidden size={24} />} onClick={() => setTaking(true)}>
            {t('still.take')}
          </Button>
        )}
        <Button look={asked.picture ? 'plain' : 'primary'} icon={<Check aria-hidden size={24} />} onClick={() => answer(true)}>
          {t('examine.shown')}
        </Button>
        <Button icon={<Ban aria-hidden size={22} />} onClick={() => answer(false)}>
          {t('examine.cannot')}
        </Button>
        {'speechSynthesis' in window && (
          <Button icon={<Volume2 aria-hidden size={22} />} onClick={() => say(words, language)}>
            {t('examine.speak')}
          </Button>
        )}
      </div>
      {taking && (
        <TakeStill
          snapshot={snapshot}
          site={asked.site}
          onClose={(sent) => {
            setTaking(false);
            if (sent) answer(true);
          }}
        />
      )}
    </section>
  );
}

/** In the language of the page; a browser without a voice for it stays silent. */
function say(words: string, language: string): void {
  const { speechSynthesis: voice } = window;
  if (!voice) return;
  voice.cancel();
  const spoken = new SpeechSynthesisUtterance(words);
  spoken.lang = language;
  voice.speak(spoken);
}
