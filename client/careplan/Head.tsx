import { FileDown } from 'lucide-react';
import { Link } from 'react-router';
import type { CarePlan } from '../../contract/carePlans.ts';
import { endedStates, heldStates, type PlanState, writtenStates } from '../../contract/planSteps.ts';
import { bothClocks, dateOf, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Facts } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import css from './CarePlan.module.css';
import { printPlan } from './printPlan.ts';
import { usePlanAct } from './usePlan.ts';

/** The way that every plan goes, as one sees it from above. */
const way = ['offered', 'consented', 'preparing', 'summoned', 'meeting_scheduled', 'in_meeting', 'plan_draft', 'plan_active'] as const;
const placeOn: Partial<Record<PlanState, number>> = { need_identified: -1, declined: 0, followup_due: way.length };

/** Whose plan it is, how far it has come, and who holds it together. */
export function Head({ plan }: { plan: CarePlan }) {
  const { t, language } = useWords();
  const { act, busy, problem, dialog } = usePlanAct(plan);
  const { patient, state, unit, coordinator, meetingAt, followUpOn, edition } = plan;
  const at = placeOn[state] ?? (way as readonly PlanState[]).indexOf(state);
  const ended = endedStates.includes(state);
  const printable = writtenStates.includes(state) || heldStates.includes(state) || ended;
  return (
    <section className={card.card} aria-labelledby="plan-head">
      <h2 id="plan-head">
        {patient.name} · {t('patient.born', { year: patient.birthYear })}
      </h2>
      <p className={card.row}>
        <span className={card.badge}>{t(`carePlan.state.${state}`)}</span>
        {edition > 1 && <span className={card.badge}>{t('carePlan.edition', { nr: edition })}</span>}
      </p>
      {!ended && (
        <ol className={css.steps} aria-label={t('carePlan.way')}>
          {way.map((step, nr) => (
            <li key={step} className={css.step} data-done={nr < at} aria-current={nr === at ? 'step' : undefined}>
              {t(`carePlan.step.${step}`)}
            </li>
          ))}
        </ol>
      )}
      <Facts
        facts={[
          [t('carePlan.need'), plan.need],
          [t('carePlan.proposedBy'), plan.proposedBy],
          [t('carePlan.unit'), unit.name],
          [t('carePlan.coordinator'), coordinator],
          [
            t('carePlan.meeting'),
            meetingAt && `${dayOf(meetingAt, language)} ${t('today.at', { time: bothClocks(meetingAt, language).care })}`,
          ],
          [t('carePlan.followUp'), followUpOn && dateOf(followUpOn, language)],
          [t('carePlan.signedBy'), plan.signedBy && plan.activatedAt && `${plan.signedBy}, ${dateOf(plan.activatedAt, language)}`],
          [t('carePlan.declinedWhy'), plan.declinedWhy],
          [t('carePlan.endedWhy'), plan.endedWhy],
        ]}
      />
      {(plan.takesPlaceOf || (state === 'revised' && plan.newerId)) && (
        <p className={card.row}>
          {plan.takesPlaceOf && <Link to={`/care-plans/${plan.takesPlaceOf}`}>{t('carePlan.toOlder')}</Link>}
          {state === 'revised' && plan.newerId && <Link to={`/care-plans/${plan.newerId}`}>{t('carePlan.toNewer')}</Link>}
        </p>
      )}
      {state === 'consent_withdrawn' && <Notice>{t('carePlan.withdrawn')}</Notice>}
      {problem && <Notice look="problem">{problem}</Notice>}
      {printable && (
        <div className={card.row}>
          <Button disabled={busy} icon={<FileDown aria-hidden size={22} />} onClick={() => void act(() => printPlan(plan.id))}>
            {t('carePlan.pdf')}
          </Button>
          <Button
            disabled={busy}
            icon={<FileDown aria-hidden size={22} />}
            onClick={() => void act(() => printPlan(plan.id, { large: true }))}
          >
            {t('carePlan.pdfLarge')}
          </Button>
        </div>
      )}
      {dialog}
    </section>
  );
}
