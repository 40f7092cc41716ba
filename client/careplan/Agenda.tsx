import { useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import type { AgendaItem } from '../../contract/planMeeting.ts';
import { endedStates } from '../../contract/planSteps.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { AgendaForm } from './AgendaForm.tsx';
import { useAreaNames } from './AreaChecks.tsx';

/** What the meeting talks of, in order. A party sees what it takes part in. */
export function Agenda({ plan }: { plan: CarePlan }) {
  const { t } = useWords();
  const [writing, setWriting] = useState(false);
  const { agenda, may, state, parties } = plan;
  const plans = may.coordinate && !endedStates.includes(state) && parties.length > 0;
  if (agenda.length === 0 && !plans) return null;
  const proposed = plan.template?.items ?? [];
  return (
    <Card title={t('carePlan.agenda')} id="agenda">
      {writing ? (
        <AgendaForm plan={plan} onDone={() => setWriting(false)} />
      ) : (
        <>
          {agenda.length === 0 && <p>{t(proposed.length > 0 ? 'carePlan.agendaOfTemplate' : 'carePlan.noAgenda')}</p>}
          {agenda.length === 0 && proposed.length > 0 && (
            <ol>
              {proposed.map(({ title, minutes }) => (
                <li key={title}>
                  {title} · {t('carePlan.minutes', { count: minutes })}
                </li>
              ))}
            </ol>
          )}
          <ol className={card.list}>
            {agenda.map((item) => (
              <li key={item.id}>
                <Item plan={plan} item={item} />
              </li>
            ))}
          </ol>
          {plans && (
            <div>
              <Button onClick={() => setWriting(true)}>
                {t(agenda.length > 0 ? 'edit.change' : proposed.length > 0 ? 'carePlan.saveAgenda' : 'carePlan.writeAgenda')}
              </Button>
            </div>
          )}
        </>
      )}
    </Card>
  );
}

function Item({ plan: { parties, you }, item: { title, minutes, areas, partyIds } }: { plan: CarePlan; item: AgendaItem }) {
  const { t } = useWords();
  const names = useAreaNames();
  const who = parties.filter(({ id }) => partyIds.includes(id)).map(({ name }) => name);
  return (
    <div className={card.grow}>
      <p>
        <strong>{title}</strong> · {t('carePlan.minutes', { count: minutes })}
      </p>
      <p className={card.soft}>
        {[names(areas), you.whole && (who.length > 0 ? t('carePlan.takePart', { names: who.join(', ') }) : t('carePlan.nobodyElse'))]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </div>
  );
}
