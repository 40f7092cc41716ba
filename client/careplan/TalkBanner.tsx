import { MessagesSquare } from 'lucide-react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { isBedside } from '../room/roles.ts';
import { Button } from '../ui/Button.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSession } from '../visit/useVisit.ts';
import css from './Meeting.module.css';

/** A talk aside is announced to everybody, begins with the person's yes alone, and they end it whenever they want. */
export function TalkBanner({ snapshot: { sideTalk, people, you } }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const nameOf = useNameOf();
  if (!sideTalk) return null;
  const names = people
    .filter(({ id }) => sideTalk.participantIds.includes(id))
    .map(nameOf)
    .join(', ');
  const inIt = sideTalk.participantIds.includes(you.id);
  const asked = isBedside(you) && !inIt;
  const words = !sideTalk.agreed
    ? t(asked ? 'carePlan.room.mayThey' : 'carePlan.room.waitsForYes', { names })
    : t(inIt ? 'carePlan.room.youTalk' : 'carePlan.room.theyTalk', { names });
  return (
    <div className={css.banner} role={asked && !sideTalk.agreed ? 'alert' : 'status'}>
      <p>
        <MessagesSquare aria-hidden size={22} /> {words}
      </p>
      {asked && !sideTalk.agreed && (
        <Button look="primary" onClick={() => void session.perform('talk:answer', { yes: true })}>
          {t('carePlan.room.yesTalk')}
        </Button>
      )}
      {asked && (
        <Button onClick={() => void session.perform('talk:answer', { yes: false })}>
          {t(sideTalk.agreed ? 'carePlan.room.stopTalk' : 'carePlan.room.noTalk')}
        </Button>
      )}
      {you.host && <Button onClick={() => void session.perform('talk:end', {})}>{t('carePlan.room.endTalk')}</Button>}
    </div>
  );
}
