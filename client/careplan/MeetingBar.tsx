import { Hand, ListOrdered } from 'lucide-react';
import { useState } from 'react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSession } from '../visit/useVisit.ts';
import { AgendaDialog } from './AgendaDialog.tsx';
import css from './Meeting.module.css';
import { TalkBanner } from './TalkBanner.tsx';
import { TalkDialog } from './TalkDialog.tsx';

/** Over the pictures of a planning meeting: what is talked of now, who has the word, and what the chair may do. */
export default function MeetingBar({ snapshot }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const [open, setOpen] = useState<'agenda' | 'talk' | null>(null);
  const { agenda, you, sideTalk } = snapshot;
  if (!agenda) return null;
  const { items, free } = agenda;
  const now = items.findIndex(({ state }) => state === 'now');
  const next = items.slice(now + 1).find(({ state }) => state === 'ahead');
  const up = you.handUpAt !== null;
  return (
    <>
      <section className={css.bar} aria-label={t('carePlan.room.title')}>
        <p className={css.now} role="status">
          {items[now]
            ? t('carePlan.room.item', { nr: now + 1, count: items.length, title: items[now].title })
            : t(free ? 'carePlan.room.free' : 'carePlan.room.other')}
        </p>
        <div className={css.ways}>
          {you.host && next && !sideTalk && (
            <Button className={css.first} onClick={() => void session.perform('agenda:take', { itemId: next.id })}>
              {t('carePlan.room.next', { title: next.title })}
            </Button>
          )}
          {you.host && !free && !sideTalk && (
            <Button onClick={() => void session.perform('agenda:take', { itemId: null })}>{t('carePlan.room.allIn')}</Button>
          )}
          {(items.length > 0 || you.host) && (
            <Button icon={<ListOrdered aria-hidden size={22} />} onClick={() => setOpen('agenda')}>
              {t(you.host ? 'carePlan.room.lead' : 'carePlan.agenda')}
            </Button>
          )}
          <Button icon={<Hand aria-hidden size={22} />} aria-pressed={up} onClick={() => void session.perform('hand:raise', { up: !up })}>
            {t(up ? 'carePlan.room.handDown' : 'carePlan.room.handUp')}
          </Button>
        </div>
      </section>
      <TalkBanner snapshot={snapshot} />
      <Table snapshot={snapshot} />
      <Hands snapshot={snapshot} />
      {open === 'agenda' && <AgendaDialog snapshot={snapshot} onTalk={() => setOpen('talk')} onClose={() => setOpen(null)} />}
      {open === 'talk' && <TalkDialog snapshot={snapshot} onClose={() => setOpen(null)} />}
    </>
  );
}

/** Round the table: whose word it is. */
function Table({ snapshot: { roundTable, people, you } }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const nameOf = useNameOf();
  if (!roundTable) return null;
  const named = (id: string | null): string => {
    const person = people.find((one) => one.id === id);
    return person ? nameOf(person) : '';
  };
  const mine = roundTable.nowId === you.id;
  return (
    <div className={css.banner} role="status">
      <p>
        <strong>{mine ? t('carePlan.room.yourWord') : t('carePlan.room.word', { name: named(roundTable.nowId) })}</strong>{' '}
        {roundTable.nextId && t('carePlan.room.then', { name: named(roundTable.nextId) })}
      </p>
      {(mine || you.host) && (
        <Button look="primary" onClick={() => void session.perform('table:next', {})}>
          {t(roundTable.nextId ? 'carePlan.room.passOn' : 'carePlan.room.tableDone')}
        </Button>
      )}
      {you.host && roundTable.nextId && (
        <Button onClick={() => void session.perform('table:round', { on: false })}>{t('carePlan.room.stopTable')}</Button>
      )}
    </div>
  );
}

/** Who wants the word, in the order that they asked. */
function Hands({ snapshot: { people, you } }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const nameOf = useNameOf();
  const up = people
    .filter(({ handUpAt, presence }) => handUpAt !== null && presence === 'room')
    .toSorted((a, b) => (a.handUpAt ?? '').localeCompare(b.handUpAt ?? ''));
  if (up.length === 0) return null;
  return (
    <div className={css.banner} role="status">
      <p>
        <Hand aria-hidden size={22} /> {t('carePlan.room.wants', { names: up.map(nameOf).join(', ') })}
      </p>
      {you.host &&
        up.map((person) => (
          <Button key={person.id} onClick={() => void session.perform('hand:lower', { participantId: person.id })}>
            {t('carePlan.room.hadWord', { name: nameOf(person) })}
          </Button>
        ))}
    </div>
  );
}
