import { Phone, Siren } from 'lucide-react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { isBedside, isStaff } from '../room/roles.ts';
import { Button } from '../ui/Button.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSession } from '../visit/useVisit.ts';
import css from './EmergencyCard.module.css';

/** Who calls 112, and where help finds the patient. The call stays open until it is over. */
export default function EmergencyCard({ snapshot }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const nameOf = useNameOf();
  const { emergency, whereabouts, people, you } = snapshot;
  if (!emergency) return null;
  const staff = isStaff(you.role);
  const caller = people.find(({ id }) => id === emergency.callerId);
  const abroad = you.role === 'remotePhysician';
  return (
    <section className={css.card} aria-label={t('emergency.title')}>
      <div role="alert">
        <h2>
          <Siren aria-hidden size={28} /> {t('emergency.title')}{' '}
          {caller?.id === you.id
            ? t('emergency.youCall')
            : caller
              ? t('emergency.theyCall', { name: nameOf(caller) })
              : t('emergency.nobodyCalls')}
        </h2>
      </div>
      {whereabouts && (
        <dl className={css.where}>
          <dt>{t('book.place')}</dt>
          <dd>{whereabouts.place}</dd>
          <dt>{t('book.address')}</dt>
          <dd>{whereabouts.address ?? t('emergency.unknown')}</dd>
          <dt>{t('book.entrance')}</dt>
          <dd>{whereabouts.entrance ?? t('emergency.unknown')}</dd>
          <dt>{t('book.callback')}</dt>
          <dd>
            {whereabouts.callbackPhone ? (
              <a href={`tel:${whereabouts.callbackPhone}`}>{whereabouts.callbackPhone}</a>
            ) : (
              t('emergency.unknown')
            )}
          </dd>
        </dl>
      )}
      {staff && abroad && (
        <p>
          {t('emergency.abroad')} {emergency.route && <a href={`tel:${emergency.route}`}>{emergency.route}</a>}
        </p>
      )}
      <div className={css.buttons}>
        {caller?.id !== you.id && (staff || isBedside(you)) && (
          <Button icon={<Phone aria-hidden size={22} />} onClick={() => void session.perform('emergency:iCall', {})}>
            {t('emergency.iCall')}
          </Button>
        )}
        {staff && <Button onClick={() => void session.perform('emergency:over', { mistaken: false })}>{t('emergency.over')}</Button>}
        {staff && <Button onClick={() => void session.perform('emergency:over', { mistaken: true })}>{t('emergency.mistaken')}</Button>}
      </div>
    </section>
  );
}
