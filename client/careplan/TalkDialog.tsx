import { useState } from 'react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { isBedside } from '../room/roles.ts';
import { Button } from '../ui/Button.tsx';
import { Check } from '../ui/Choices.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { useNameOf, useRoleAndPlace } from '../ui/person.ts';
import { useSession } from '../visit/useVisit.ts';

const stays = ['patient', 'guardian', 'trustee', 'interpreter'];

/** Who is to talk by themselves; never the person, who speaks for them or their interpreter. */
export function TalkDialog({ snapshot: { people, you }, onClose }: { snapshot: VisitSnapshot; onClose: () => void }) {
  const { t } = useWords();
  const session = useSession();
  const nameOf = useNameOf();
  const roleAndPlace = useRoleAndPlace();
  const [chosen, setChosen] = useState<string[]>([you.id]);
  const possible = people.filter(
    (person) => person.presence === 'room' && person.seat === 'own' && !stays.includes(person.role) && !isBedside(person),
  );
  const propose = (): void => {
    void session.perform('talk:propose', { participantIds: chosen.filter((id) => possible.some((person) => person.id === id)) });
    onClose();
  };
  return (
    <DialogFrame
      title={t('carePlan.room.talk')}
      onClose={onClose}
      buttons={
        <Button look="primary" disabled={chosen.length < 2} onClick={propose}>
          {t('carePlan.room.askPerson')}
        </Button>
      }
    >
      <p>{t('carePlan.room.talkLead')}</p>
      {possible.map((person) => (
        <Check
          key={person.id}
          checked={chosen.includes(person.id)}
          onChange={(on) => setChosen((now) => (on ? [...now, person.id] : now.filter((id) => id !== person.id)))}
        >
          {nameOf(person)} ({roleAndPlace(person)})
        </Check>
      ))}
    </DialogFrame>
  );
}
