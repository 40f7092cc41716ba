import { FileDown } from 'lucide-react';
import { useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import { isPrincipal } from '../../contract/planKinds.ts';
import type { PartyView } from '../../contract/planParties.ts';
import { endedStates, heldStates } from '../../contract/planSteps.ts';
import { api } from '../app/api.ts';
import { dateOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Notice } from '../ui/Notice.tsx';
import { AnswerForm } from './AnswerForm.tsx';
import { useAreaNames } from './AreaChecks.tsx';
import css from './CarePlan.module.css';
import { printPlan, printSummons } from './printPlan.ts';
import { ShareForm } from './ShareForm.tsx';
import { StanceForm } from './StanceForm.tsx';
import { SummonForm } from './SummonForm.tsx';
import { usePlanAct } from './usePlan.ts';

type Form = 'share' | 'summon' | 'answer' | 'stance';

/** One party: of what it is told, whether it comes, and whether it agrees. */
export function Party({ plan, party }: { plan: CarePlan; party: PartyView }) {
  const { t } = useWords();
  const [form, setForm] = useState<Form | null>(null);
  const { act, busy, problem } = usePlanAct(plan);
  const { may, you, state } = plan;
  const { id, name, kind, contact, areas, summons, stance } = party;
  const mine = you.partyId === id;
  const running = !endedStates.includes(state);
  const done = (): void => {
    setForm(null);
    void act(async () => undefined);
  };
  const open = (which: Form): void => setForm(which);
  const agrees = running && (may.coordinate || mine) && (state === 'in_meeting' || state === 'plan_draft');
  const forms = { plan, party, onDone: done };
  return (
    <article className={card.grow} aria-label={name}>
      <div className={css.group}>
        <p>
          <strong>{name}</strong> <span className={card.badge}>{t(`carePlan.partyKind.${kind}`)}</span>
          {mine && <span className={card.badge}>{t('carePlan.yours')}</span>}
        </p>
        {contact && <p className={card.soft}>{contact}</p>}
        <Standing party={party} />
        {areas !== null && <Told areas={areas} />}
        {may.coordinate && running && summons && areas?.length === 0 && <p>{t('carePlan.askWhatTold')}</p>}
        {stance && (
          <p>
            <span className={`${card.badge} ${stance.stance === 'dissent' ? card.warn : ''}`}>{t(`carePlan.stance.${stance.stance}`)}</span>{' '}
            {stance.words}
          </p>
        )}
        {problem && <Notice look="problem">{problem}</Notice>}
        {form === null && (
          <div className={card.row}>
            {may.coordinate && running && (
              <Button aria-label={t('carePlan.shareWith', { name })} onClick={() => open('share')}>
                {t('carePlan.share')}
              </Button>
            )}
            {may.coordinate && running && !summons?.answer && (
              <Button
                aria-label={t(isPrincipal(kind) ? 'carePlan.summonOne' : 'carePlan.inviteOne', { name })}
                onClick={() => open('summon')}
              >
                {t(summons ? 'carePlan.summonAgain' : isPrincipal(kind) ? 'carePlan.summon' : 'carePlan.invite')}
              </Button>
            )}
            {running && summons && summons.answer !== 'forwarded' && (may.coordinate || mine) && (
              <Button
                look={mine && !summons.answer ? 'primary' : 'plain'}
                aria-label={t('carePlan.answerFor', { name })}
                onClick={() => open('answer')}
              >
                {t(summons.answer ? 'carePlan.changeAnswer' : mine ? 'carePlan.answer' : 'carePlan.keepAnswer')}
              </Button>
            )}
            {may.coordinate && running && summons && summons.channel === 'letter' && !summons.answer && (
              <Button
                disabled={busy}
                icon={<FileDown aria-hidden size={22} />}
                aria-label={t('carePlan.printSummonsOf', { name })}
                onClick={() => void act(() => printSummons(plan.id, id))}
              >
                {t('carePlan.printSummons')}
              </Button>
            )}
            {may.coordinate && heldStates.includes(state) && (
              <Button
                disabled={busy}
                icon={<FileDown aria-hidden size={22} />}
                aria-label={t('carePlan.copyFor', { name })}
                onClick={() => void act(() => printPlan(plan.id, { partyId: id }))}
              >
                {t('carePlan.copy')}
              </Button>
            )}
            {agrees && (
              <Button aria-label={t('carePlan.stanceOf', { name })} onClick={() => open('stance')}>
                {t('carePlan.sayStance')}
              </Button>
            )}
            {may.coordinate && running && !summons && (
              <Button
                look="quiet"
                disabled={busy}
                aria-label={t('carePlan.removeOne', { name })}
                onClick={() =>
                  void act(() => api('DELETE /api/care-plans/:planId/parties/:partyId', { params: { planId: plan.id, partyId: id } }))
                }
              >
                {t('carePlan.remove')}
              </Button>
            )}
          </div>
        )}
        {form === 'share' && <ShareForm {...forms} />}
        {form === 'summon' && <SummonForm {...forms} />}
        {form === 'answer' && <AnswerForm {...forms} />}
        {form === 'stance' && <StanceForm {...forms} />}
      </div>
    </article>
  );
}

function Told({ areas }: { areas: NonNullable<PartyView['areas']> }) {
  const { t } = useWords();
  const names = useAreaNames();
  return <p className={card.soft}>{areas.length > 0 ? t('carePlan.toldOf', { areas: names(areas) }) : t('carePlan.toldNothing')}</p>;
}

/** Where the summons stands. */
function Standing({ party: { summons, kind } }: { party: PartyView }) {
  const { t, language } = useWords();
  if (!summons) return null;
  const { sentAt, answer, answerBy, who, reason, forwardedTo, escalatedAt, reference, channel } = summons;
  return (
    <>
      <p>
        {t(isPrincipal(kind) ? 'carePlan.summoned' : 'carePlan.invited', {
          date: dateOf(sentAt, language),
          channel: t(`carePlan.by.${channel}`),
        })}
        {reference && ` (${reference})`}
      </p>
      {!answer && (
        <p>
          <span className={`${card.badge} ${escalatedAt ? css.late : card.warn}`}>
            {t(escalatedAt ? 'carePlan.escalated' : 'carePlan.waits', { date: dateOf(answerBy, language) })}
          </span>
        </p>
      )}
      {answer && (
        <p>
          <span className={`${card.badge} ${answer === 'declined' ? card.warn : ''}`}>{t(`carePlan.answered.${answer}`)}</span>{' '}
          {who ?? reason ?? forwardedTo}
        </p>
      )}
      <details>
        <summary>{t('carePlan.summonsSays')}</summary>
        {(['purpose', 'longTermGoal', 'questions', 'contribution'] as const).map((part) =>
          summons[part] ? (
            <div key={part} className={css.read}>
              <p className={css.label}>{t(`carePlan.summonsText.${part}`)}</p>
              <p className={css.words}>{summons[part]}</p>
            </div>
          ) : null,
        )}
      </details>
    </>
  );
}
