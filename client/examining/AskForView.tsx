import { Camera, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { type View, views } from '../../contract/examining.ts';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { newId } from '../media/newId.ts';
import { Button } from '../ui/Button.tsx';
import { Check } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useGestures, useSession } from '../visit/useVisit.ts';
import css from './Examining.module.css';
import { iconOf } from './views.ts';

/** From far away: what the bedside is asked to show. One press asks; something else asked for takes its place. */
export function AskForView({ snapshot: { asked } }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const { cannot } = useGestures(session);
  const [words, setWords] = useState('');
  const [picture, setPicture] = useState(false);
  const [missing, setMissing] = useState(false);
  const ask = async (view: View): Promise<void> => {
    session.gestures.forgetCannot();
    setMissing(view === 'other' && !words.trim());
    if (view === 'other' && !words.trim()) return;
    if (await session.perform('examination:ask', { id: newId(), view, words, picture, site: null })) setWords('');
  };
  return (
    <section className={css.part} aria-labelledby="ask-for-view">
      <h3 id="ask-for-view">{t('examine.ask')}</h3>
      {cannot && <Notice look="problem">{t('examine.couldNot')}</Notice>}
      {asked && (
        <Notice>
          <p>{t('examine.youAsked', { view: asked.view === 'other' ? asked.words : t(`view.${asked.view}`) })}</p>
          <Button
            icon={<Undo2 aria-hidden size={20} />}
            onClick={() => void session.perform('examination:done', { id: asked.id, shown: false })}
          >
            {t('examine.takeBack')}
          </Button>
        </Notice>
      )}
      <Check checked={picture} onChange={setPicture}>
        <Camera aria-hidden size={20} /> {t('examine.withPicture')}
      </Check>
      <div className={css.views}>
        {views.map((view) => {
          const Icon = iconOf[view];
          return (
            <button key={view} type="button" className={css.view} aria-pressed={asked?.view === view} onClick={() => void ask(view)}>
              <Icon aria-hidden size={30} />
              {t(`view.${view}`)}
            </button>
          );
        })}
      </div>
      <Field
        name="askWords"
        label={t('examine.more')}
        value={words}
        onChange={setWords}
        error={missing ? t('field.askWords') : undefined}
        maxLength={200}
        autoComplete="off"
      />
    </section>
  );
}
