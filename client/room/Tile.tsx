import { EarOff, MicOff, Pin, UserRound, Volume2 } from 'lucide-react';
import { useRef } from 'react';
import type { ParticipantView } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { Picture } from '../ui/Picture.tsx';
import { useNameOf, useRoleAndPlace } from '../ui/person.ts';
import { useSession, useView } from '../visit/useVisit.ts';
import css from './Stage.module.css';
import { useShownSize } from './useShownSize.ts';

type Props = {
  person: ParticipantView;
  source: 'camera' | 'screen';
  size: 'large' | 'small';
  speaking: boolean;
  pinned: boolean;
  /** Looked at: the last picture to be left out when the line has no room. */
  foremost: boolean;
  onPin: (participantId: string | null) => void;
  people: ParticipantView[];
};

/** One person's camera or screen, with who they are and how they are heard. */
export function Tile({ person, source, size, speaking, pinned, foremost, onPin, people }: Props) {
  const { t } = useWords();
  const session = useSession();
  const name = useNameOf()(person);
  const { remote, lines } = useView(session);
  const sent = remote.get(person.id)?.[source];
  const line = lines.get(person.id);
  const element = useRef<HTMLElement>(null);
  const showing = sent !== undefined && person.sending.includes(source);
  useShownSize(element, { consumerId: sent?.consumerId, on: showing, foremost });
  const label = source === 'screen' ? t('room.screenOf', { name }) : name;
  const pinLabel = t(pinned ? 'room.unpin' : 'room.pin', { name });
  return (
    <section ref={element} className={`${css.tile} ${css[size]} ${speaking && source === 'camera' ? css.speaking : ''}`} aria-label={label}>
      {showing ? (
        <Picture track={sent.track} label={label} data={{ 'data-participant': person.id, 'data-source': source }} />
      ) : (
        <div className={css.initial}>
          <UserRound aria-hidden size={size === 'large' ? 72 : 36} />
          <p>{t('room.noCamera')}</p>
        </div>
      )}
      {(person.presence === 'returning' || line?.silent) && <p className={css.returning}>{t('room.returning')}</p>}
      <div className={css.label}>{source === 'screen' ? label : <Who person={person} speaking={speaking} people={people} />}</div>
      {source === 'camera' && (
        <button
          type="button"
          className={css.pin}
          aria-pressed={pinned}
          aria-label={pinLabel}
          title={pinLabel}
          onClick={() => onPin(pinned ? null : person.id)}
        >
          <Pin aria-hidden size={22} />
        </button>
      )}
    </section>
  );
}

function Who({ person, speaking, people }: Pick<Props, 'person' | 'speaking' | 'people'>) {
  const { t } = useWords();
  const nameOf = useNameOf();
  const roleAndPlace = useRoleAndPlace();
  const beside = people.find(({ id }) => id === person.companionOf);
  return (
    <>
      <span>{nameOf(person)}</span>
      {person.name && <small>{roleAndPlace(person)}</small>}
      {beside ? (
        <span className={css.sign}>
          <EarOff aria-hidden size={18} /> <small>{t('room.silent', { name: nameOf(beside) })}</small>
        </span>
      ) : (
        !person.sending.includes('microphone') && (
          <span className={css.sign}>
            <MicOff aria-hidden size={18} /> <span className="visually-hidden">{t('room.muted')}</span>
          </span>
        )
      )}
      {speaking && (
        <span className={css.sign}>
          <Volume2 aria-hidden size={18} /> <span className="visually-hidden">{t('room.speaking')}</span>
        </span>
      )}
    </>
  );
}
