import { useQuery } from '@tanstack/react-query';
import type { CarePlan } from '../../contract/carePlans.ts';
import type { PartView } from '../../contract/planParts.ts';
import { api } from '../app/api.ts';
import { bothClocks, dateOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Fetched } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import css from './CarePlan.module.css';

/** Who wrote what in a part, and when. */
export function PartHistory({ plan, part, onClose }: { plan: CarePlan; part: PartView; onClose: () => void }) {
  const { t, language } = useWords();
  const found = useQuery({
    queryKey: ['carePlan', plan.id, 'history', part.id, part.version],
    queryFn: () => api('GET /api/care-plans/:planId/parts/:partId/history', { params: { planId: plan.id, partId: part.id } }),
    refetchOnWindowFocus: false,
  });
  return (
    <section className={card.fold} aria-label={t('carePlan.history')}>
      <Fetched of={found}>
        {(entries) => (
          <ul className={card.list}>
            {entries.length === 0 && <li>{t('carePlan.noHistory')}</li>}
            {entries.map(({ at, by, field, text }) => (
              <li key={`${at} ${field}`}>
                <div className={card.grow}>
                  <p className={card.soft}>
                    {by ?? t('carePlan.somebody')} · {dateOf(at, language)} {bothClocks(at, language).care} ·{' '}
                    {t(`carePlan.text.${part.kind}_${field}` as 'carePlan.text.need_what')}
                  </p>
                  <p className={css.words}>{text || t('edit.empty')}</p>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Fetched>
      <div>
        <Button look="quiet" onClick={onClose}>
          {t('carePlan.closeHistory')}
        </Button>
      </div>
    </section>
  );
}
