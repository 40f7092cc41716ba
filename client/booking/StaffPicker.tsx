import { useQuery } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import type { Colleague } from '../../contract/booking.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Fetched } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Check } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf } from '../ui/person.ts';

export type Picked = Colleague & { host: boolean; atBedside: boolean };

const keyOf = ({ userId, unitId }: Colleague): string => `${userId} ${unitId}`;
const isPhysician = ({ role }: Colleague): boolean => role === 'remotePhysician' || role === 'physician';
export const isBedsideRole = ({ role }: Pick<Colleague, 'role'>): boolean => role === 'nurse' || role === 'assistantNurse';

/** A physician leads unless the booker says otherwise; else whoever came first. */
export function withHost(staff: Picked[]): Picked[] {
  if (staff.some(({ host }) => host)) return staff;
  const lead = staff.find(isPhysician) ?? staff[0];
  return staff.map((one) => ({ ...one, host: one === lead }));
}

/** Who of the staff takes part, who leads, and who is beside the patient. */
export function StaffPicker({
  picked,
  onPick,
  error,
  keepsLead = false,
}: {
  picked: Picked[];
  onPick: (picked: Picked[]) => void;
  error: string | undefined;
  keepsLead?: boolean; // a planning meeting is led by who books it, also when a physician comes
}) {
  const { t } = useWords();
  const nameOf = useNameOf();
  const change = (changed: Picked, part: Partial<Picked>): void =>
    onPick(picked.map((one) => (one === changed ? { ...one, ...part } : part.host ? { ...one, host: false } : one)));
  return (
    <>
      <ul className={css.list}>
        {picked.map((one) => (
          <li key={keyOf(one)}>
            <div className={css.grow}>
              <p>
                <strong>{nameOf(one)}</strong>
              </p>
              <p className={css.soft}>{one.unitName}</p>
              {!one.covered && <Notice>{t('book.notCovered')}</Notice>}
            </div>
            <Check checked={one.host} onChange={() => change(one, { host: true })}>
              {t('book.leads')}
            </Check>
            <Check checked={one.atBedside} onChange={(atBedside) => change(one, { atBedside })}>
              {t('book.atBedside')}
            </Check>
            {picked.length > 1 && (
              <Button
                aria-label={t('book.takeOff', { name: nameOf(one) })}
                icon={<Trash2 aria-hidden size={20} />}
                onClick={() => onPick(withHost(picked.filter((other) => other !== one)))}
              />
            )}
          </li>
        ))}
      </ul>
      {error && (
        <p role="alert">
          <strong>{error}</strong>
        </p>
      )}
      <ColleagueSearch
        without={picked}
        onAdd={(colleague) =>
          onPick(
            withHost([
              ...picked.map((one) => ({ ...one, host: one.host && (keepsLead || !isPhysician(colleague)) })),
              { ...colleague, host: false, atBedside: false },
            ]),
          )
        }
      />
    </>
  );
}

type SearchProps = { without: Colleague[]; onAdd: (colleague: Colleague) => void; physicians?: boolean };

/**
 * Colleagues of every unit, one's own first.
 *
 * @param physicians - them alone, of those who work for one's own patients, and one of them is chosen.
 */
export function ColleagueSearch({ without, onAdd, physicians = false }: SearchProps) {
  const { t } = useWords();
  const nameOf = useNameOf();
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search);
  const found = useQuery({
    queryKey: ['colleagues', wanted, physicians],
    queryFn: () => api('POST /api/colleagues/search', { body: { search: wanted, physicians } }),
  });
  const choosable = ({ userId, covered }: Colleague): boolean => (covered || !physicians) && !without.some((one) => one.userId === userId);
  return (
    <>
      <Field
        name="colleague"
        label={t(physicians ? 'continuity.search' : 'book.addStaff')}
        hint={t('book.addStaffHint')}
        value={search}
        onChange={setSearch}
        autoComplete="off"
      />
      <Fetched of={found}>
        {(colleagues) => (
          <>
            {physicians && !colleagues.some(choosable) && <p role="status">{t('continuity.nobodyFound')}</p>}
            <ul className={css.list} aria-label={t('book.colleagues')}>
              {colleagues
                .filter(choosable)
                .slice(0, wanted ? 8 : 3)
                .map((one) => (
                  <li key={keyOf(one)}>
                    <div className={css.grow}>
                      <p>{nameOf(one)}</p>
                      <p className={css.soft}>{one.unitName}</p>
                    </div>
                    <Button
                      icon={physicians ? null : <Plus aria-hidden size={20} />}
                      aria-label={t(physicians ? 'book.chooseName' : 'book.addName', { name: `${nameOf(one)}, ${one.unitName}` })}
                      onClick={() => onAdd(one)}
                    >
                      {t(physicians ? 'book.choose' : 'book.add')}
                    </Button>
                  </li>
                ))}
            </ul>
          </>
        )}
      </Fetched>
    </>
  );
}
