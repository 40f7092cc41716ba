import type { Continuity } from '../../contract/continuity.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import css from '../ui/Card.module.css';
import { Facts } from '../ui/Card.tsx';
import { useNameOf } from '../ui/person.ts';
import own from './ContinuityCard.module.css';

/** How visits in person and at a distance alternate, and what is booked. */
export function PlanAhead({ continuity: { lastPhysicalAt, nextPhysicalAt, alternations, ahead } }: { continuity: Continuity }) {
  const { t, language } = useWords();
  const nameOf = useNameOf();
  const ruled = alternations.filter(({ every, remoteSince }) => every !== null || remoteSince > 0);
  return (
    <>
      <div className={own.part}>
        <h3>{t('continuity.alternation')}</h3>
        <Facts
          facts={[
            [t('continuity.lastPhysical'), lastPhysicalAt ? dayOf(lastPhysicalAt, language) : t('continuity.notKnown')],
            [t('continuity.nextPhysical'), nextPhysicalAt ? dayOf(nextPhysicalAt, language) : t('continuity.notBooked')],
          ]}
        />
        {ruled.length > 0 && (
          <ul className={css.list}>
            {ruled.map(({ unitId, unitName, every, remoteSince, due }) => (
              <li key={unitId}>
                <div className={css.grow}>
                  <p>{unitName}</p>
                  <p className={css.soft}>
                    {every === null ? t('suitability.noRule') : t('suitability.everyNth', { count: every })}
                    {remoteSince > 0 && ` · ${t('suitability.since', { count: remoteSince })}`}
                  </p>
                </div>
                {due && <span className={`${css.badge} ${css.warn}`}>{t('continuity.due')}</span>}
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className={own.part}>
        <h3 id="ahead">{t('continuity.ahead')}</h3>
        {ahead.length === 0 && <p>{t('continuity.nothingAhead')}</p>}
        <ul className={css.list} aria-labelledby="ahead">
          {ahead.map(({ id, startsAt, modality, staff }) => (
            <li key={id}>
              <div className={css.grow}>
                <p>
                  {dayOf(startsAt, language)} {t('today.at', { time: bothClocks(startsAt, language).care })}
                </p>
                <p className={css.soft}>{staff.map(nameOf).join(' · ')}</p>
              </div>
              <span className={css.badge}>{t(`contact.${modality}`)}</span>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
