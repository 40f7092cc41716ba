import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { useNameOf } from '../ui/person.ts';
import { useSession } from '../visit/useVisit.ts';
import css from './LobbyPage.module.css';

/** Two devices in one physical room howl, unless one of them is without sound. */
export function SameRoom({ snapshot: { people, you } }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const nameOf = useNameOf();
  const there = people.filter(
    ({ id, presence, companionOf }) => id !== you.id && companionOf === null && (presence === 'room' || presence === 'returning'),
  );
  if (there.length === 0) return null;
  return (
    <div className={css.question}>
      <label>
        {t('lobby.sameRoom')}
        <select
          className={css.select}
          value={you.companionOf ?? ''}
          onChange={({ target }) => void session.perform('seat:sitWith', { participantId: target.value || null })}
        >
          <option value="">{t('lobby.sameRoomNo')}</option>
          {there.map((person) => (
            <option key={person.id} value={person.id}>
              {t('lobby.sameRoomWith', { name: nameOf(person) })}
            </option>
          ))}
        </select>
      </label>
      {you.companionOf && <p className={css.hint}>{t('lobby.sameRoomHint')}</p>}
    </div>
  );
}
