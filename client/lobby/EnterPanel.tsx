import { ArrowRight } from 'lucide-react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { useNameOf } from '../ui/person.ts';
import { useLocal, useSession, useView } from '../visit/useVisit.ts';
import css from './LobbyPage.module.css';
import { SameRoom } from './SameRoom.tsx';

/** The one next action, and what it leads to. */
export function EnterPanel({ snapshot }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const { connected, seat } = useView(session);
  const { tracks } = useLocal(session);
  const admitted = snapshot.you.status === 'admitted';
  if (snapshot.heldElsewhere && seat === 'own') return <Elsewhere connected={connected} />;
  const deviceless = !tracks.camera && !tracks.microphone;
  return (
    <section className={css.card} aria-labelledby="next">
      <h2 id="next">{t('lobby.next')}</h2>
      {seat === 'companion' ? <Beside snapshot={snapshot} /> : <p>{t(admitted ? 'lobby.nextStaff' : 'lobby.nextGuest')}</p>}
      {admitted && seat === 'own' && <SameRoom snapshot={snapshot} />}
      <Button look="primary" wide disabled={!connected} icon={<ArrowRight aria-hidden size={22} />} onClick={() => session.enter()}>
        {t(admitted ? (deviceless ? 'lobby.joinWithout' : 'lobby.join') : 'lobby.knock')}
      </Button>
    </section>
  );
}

function Beside({ snapshot: { you, people } }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const nameOf = useNameOf();
  const other = people.find(({ id }) => id === you.companionOf);
  return <p>{t('lobby.companion', { name: other ? nameOf(other) : '' })}</p>;
}

function Elsewhere({ connected }: { connected: boolean }) {
  const { t } = useWords();
  const session = useSession();
  return (
    <section className={css.card} aria-labelledby="elsewhere">
      <h2 id="elsewhere">{t('lobby.elsewhereTitle')}</h2>
      <Button look="primary" wide disabled={!connected} onClick={() => session.enter()}>
        {t('lobby.elsewhereMove')}
      </Button>
      <Button wide disabled={!connected} onClick={() => session.comeBeside()}>
        {t('lobby.elsewhereBeside')}
      </Button>
    </section>
  );
}
