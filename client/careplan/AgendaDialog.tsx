import { MessagesSquare, RotateCw } from 'lucide-react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { useSession } from '../visit/useVisit.ts';

/** The items that one takes part in; the chair takes up any of them. */
export function AgendaDialog({ snapshot, onTalk, onClose }: { snapshot: VisitSnapshot; onTalk: () => void; onClose: () => void }) {
  const { agenda, you, sideTalk, roundTable } = snapshot;
  const { t } = useWords();
  const session = useSession();
  return (
    <DialogFrame
      title={t(you.host ? 'carePlan.room.lead' : 'carePlan.agenda')}
      onClose={onClose}
      cancel={t('carePlan.closeHistory')}
      buttons={
        you.host && (
          <>
            {!roundTable && (
              <Button
                icon={<RotateCw aria-hidden size={22} />}
                onClick={() => {
                  void session.perform('table:round', { on: true });
                  onClose();
                }}
              >
                {t('carePlan.room.table')}
              </Button>
            )}
            {!sideTalk && (
              <Button icon={<MessagesSquare aria-hidden size={22} />} onClick={onTalk}>
                {t('carePlan.room.talk')}
              </Button>
            )}
          </>
        )
      }
    >
      <ol className={card.list}>
        {agenda?.items.map(({ id, title, minutes, state }) => (
          <li key={id}>
            <p className={card.grow}>
              <strong>{title}</strong> · {t('carePlan.minutes', { count: minutes })}
            </p>
            <span className={card.badge}>{t(`carePlan.room.is.${state}`)}</span>
            {you.host && state !== 'now' && !sideTalk && (
              <Button
                aria-label={t('carePlan.room.takeUp', { title })}
                onClick={() => {
                  void session.perform('agenda:take', { itemId: id });
                  onClose();
                }}
              >
                {t('carePlan.room.take')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </DialogFrame>
  );
}
