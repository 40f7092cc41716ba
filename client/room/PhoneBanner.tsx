import { Phone } from 'lucide-react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import css from './RoomPage.module.css';
import { isStaff } from './roles.ts';

/** The visit goes on by telephone: staff see whom to call, the others that it is so. */
export function PhoneBanner({ snapshot: { phone, you } }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  if (!phone) return null;
  const staff = isStaff(you.role) && !you.atBedside; // whoever is beside the patient does not call them
  return (
    <div className={css.banner} role="status">
      <p>
        <Phone aria-hidden size={22} />{' '}
        {staff && phone.number ? (
          <span>
            {t('room.phoneStaff')} <a href={`tel:${phone.number}`}>{phone.number}</a>
          </span>
        ) : (
          t(
            staff
              ? 'room.phoneNoNumber'
              : you.role === 'patient'
                ? 'room.phoneYou'
                : you.atBedside
                  ? 'room.phoneBedside'
                  : 'room.phoneOthers',
          )
        )}
      </p>
    </div>
  );
}
