import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Continuity, Met } from '../../contract/continuity.ts';
import { api } from '../app/api.ts';
import { dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Fetched } from '../office/Office.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { useNameOf, useRoleAndPlace } from '../ui/person.ts';
import own from './ContinuityCard.module.css';
import { FixedPhysician } from './FixedPhysician.tsx';
import { PlanAhead } from './PlanAhead.tsx';

/** Whom a patient is to meet, whom they have met, and how it goes on. */
export default function ContinuityCard({ patientId }: { patientId: string }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const queryKey = ['continuity', patientId];
  const found = useQuery({
    queryKey,
    queryFn: () => api('GET /api/patients/:patientId/continuity', { params: { patientId } }),
    refetchOnWindowFocus: false, // each reading is in the audit
  });
  const again = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey });
    await queries.invalidateQueries({ queryKey: ['patient', patientId] }); // it has another version now
  };
  return (
    <Card title={t('continuity.title')} id="continuity">
      <Fetched of={found}>
        {(continuity) => (
          <>
            <FixedPhysician patientId={patientId} continuity={continuity} onChanged={again} />
            <div className={own.part}>
              <Share of={continuity.physicianContacts} />
              <p className={css.soft}>{t('continuity.lead')}</p>
            </div>
            <Everybody met={continuity.met} />
            <PlanAhead continuity={continuity} />
          </>
        )}
      </Fetched>
    </Card>
  );
}

/** In words, and once more as a bar. */
function Share({ of: { all, withFixed } }: { of: Continuity['physicianContacts'] }) {
  const { t } = useWords();
  if (all === 0) return <p>{t('continuity.noContacts')}</p>;
  if (withFixed === null) return <p>{t('continuity.contacts', { count: all })}</p>;
  const words = t('continuity.share', { met: withFixed, count: all });
  return (
    <>
      <p>
        <strong>{words}</strong>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a native meter cannot be given the same look in every browser */}
      <div
        className={own.bar}
        role="meter"
        aria-label={t('continuity.meter')}
        aria-valuemin={0}
        aria-valuemax={all}
        aria-valuenow={withFixed}
        aria-valuetext={words}
      >
        <span style={{ width: `${(100 * withFixed) / all}%` }} />
      </div>
    </>
  );
}

const ways = ['video', 'physical', 'phone'] as const;

function Everybody({ met }: { met: Met[] }) {
  const { t, language } = useWords();
  const nameOf = useNameOf();
  const roleAndPlace = useRoleAndPlace();
  return (
    <div className={own.part}>
      <h3 id="met">{t('continuity.met')}</h3>
      {met.length === 0 && <p>{t('continuity.nobody')}</p>}
      <ul className={css.list} aria-labelledby="met">
        {met.map((one) => (
          <li key={`${one.userId} ${one.role}`}>
            <div className={css.grow}>
              <p>
                <strong>{nameOf(one)}</strong>
              </p>
              <p className={css.soft}>
                {one.name !== null && `${roleAndPlace(one)} · `}
                {t('continuity.last', { day: dayOf(one.lastAt, language) })}
              </p>
            </div>
            {ways
              .filter((way) => one[way] > 0)
              .map((way) => (
                <span key={way} className={css.badge}>
                  {t(`continuity.${way}`, { count: one[way] })}
                </span>
              ))}
          </li>
        ))}
      </ul>
    </div>
  );
}
