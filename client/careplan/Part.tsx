import { useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import { goalResults, textsOf } from '../../contract/planKinds.ts';
import type { PartView } from '../../contract/planParts.ts';
import { heldStates } from '../../contract/planSteps.ts';
import { api } from '../app/api.ts';
import { dateOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Facts } from '../ui/Card.tsx';
import { Radios } from '../ui/Choices.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { Notice } from '../ui/Notice.tsx';
import { AidForm } from './AidForm.tsx';
import { useAreaNames } from './AreaChecks.tsx';
import css from './CarePlan.module.css';
import { ChosenForm } from './ChosenForm.tsx';
import { PartHistory } from './PartHistory.tsx';
import { PlanText } from './PlanText.tsx';
import { usePlanAct } from './usePlan.ts';

/** One need, goal, intervention: its texts, and who answers for it and when. */
export function Part({ plan, part, nr }: { plan: CarePlan; part: PartView; nr: number }) {
  const { t } = useWords();
  const names = useAreaNames();
  const { act, busy, problem } = usePlanAct(plan);
  const [form, setForm] = useState<'choose' | 'aid' | 'history' | null>(null);
  const [removing, setRemoving] = useState(false);
  const { kind, areas } = part;
  const { may } = plan;
  const name = t(`carePlan.one.${kind}`, { nr });
  const chosen = kind === 'intervention' || kind === 'measure';
  const followsUp = heldStates.includes(plan.state);
  const done = (): void => {
    setForm(null);
    void act(async () => undefined);
  };
  return (
    <article className={css.part} aria-label={name}>
      <div className={css.partHead}>
        <h3>{name}</h3>
        <span className={card.badge}>{names(areas)}</span>
      </div>
      {part.prompt && <p className={css.prompt}>{part.prompt}</p>}
      {textsOf[kind].map((field) => (
        <PlanText
          key={field}
          partId={part.id}
          field={field}
          label={t(`carePlan.text.${kind}_${field}` as 'carePlan.text.need_what')}
          writes={may.write}
        />
      ))}
      {chosen && <ChosenFacts plan={plan} part={part} />}
      {kind === 'goal' && part.goalReached && !(followsUp && may.coordinate) && <p>{t(`carePlan.reached.${part.goalReached}`)}</p>}
      {problem && <Notice look="problem">{problem}</Notice>}
      {kind === 'goal' && followsUp && may.coordinate && (
        <Radios
          legend={t('carePlan.reachedFor', { name })}
          value={part.goalReached}
          onChange={(reached) =>
            void act(() => {
              const params = { planId: plan.id, partId: part.id };
              return api('PUT /api/care-plans/:planId/parts/:partId/reached', { params, body: { reached, basedOn: part.version } });
            })
          }
          beside
          options={goalResults.map((value) => ({ value, label: t(`carePlan.reached.${value}`) }))}
        />
      )}
      {form === null && (
        <div className={card.row}>
          {chosen && (may.write || followsUp) && (
            <Button aria-label={t('carePlan.chooseFor', { name })} onClick={() => setForm('choose')}>
              {t(may.write ? 'carePlan.chooseWho' : 'carePlan.howFar')}
            </Button>
          )}
          {kind === 'intervention' && may.assess && (
            <Button aria-label={t('carePlan.aidFor', { name })} onClick={() => setForm('aid')}>
              {t('carePlan.aidChange')}
            </Button>
          )}
          {plan.you.whole && (
            <Button look="quiet" aria-label={t('carePlan.historyOf', { name })} onClick={() => setForm('history')}>
              {t('carePlan.history')}
            </Button>
          )}
          {may.write && part.removable && (
            <Button look="quiet" disabled={busy} aria-label={t('carePlan.removeOne', { name })} onClick={() => setRemoving(true)}>
              {t('carePlan.remove')}
            </Button>
          )}
        </div>
      )}
      {form === 'choose' && <ChosenForm plan={plan} part={part} name={name} onDone={done} />}
      {form === 'aid' && <AidForm plan={plan} part={part} name={name} onDone={done} />}
      {form === 'history' && <PartHistory plan={plan} part={part} onClose={() => setForm(null)} />}
      {removing && (
        <Confirm title={t('carePlan.removeTitle', { name })} text={t('carePlan.removeText')} onClose={() => setRemoving(false)}>
          <Button
            look="danger"
            onClick={() => {
              setRemoving(false);
              void act(() => api('DELETE /api/care-plans/:planId/parts/:partId', { params: { planId: plan.id, partId: part.id } }));
            }}
          >
            {t('carePlan.remove')}
          </Button>
        </Confirm>
      )}
    </article>
  );
}

function ChosenFacts({ plan, part: { chosen, aid, kind } }: { plan: CarePlan; part: PartView }) {
  const { t, language } = useWords();
  const party = plan.parties.find(({ id }) => id === chosen.partyId);
  const aidWords =
    aid &&
    t(`carePlan.aid.${aid.is}`, {
      date: 'on' in aid ? dateOf(aid.on, language) : '',
      appeal: 'appeal' in aid ? aid.appeal : '',
    });
  return (
    <Facts
      facts={[
        [t('carePlan.responsibleParty'), kind === 'intervention' ? (party?.name ?? t('carePlan.nobodyYet')) : party?.name],
        [t('carePlan.owner'), chosen.owner],
        [t('carePlan.due'), chosen.on && dateOf(chosen.on, language)],
        [t('carePlan.status'), t(`carePlan.statusOf.${chosen.status}`)],
        [t('carePlan.aidTitle'), aidWords],
      ]}
    />
  );
}
