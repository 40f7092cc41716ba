import { ArrowRight, CalendarPlus, PenLine, Video } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { CarePlan } from '../../contract/carePlans.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Notice } from '../ui/Notice.tsx';
import { bookingOf } from './bookingOf.ts';
import css from './CarePlan.module.css';
import { Revise } from './Revise.tsx';
import { usePlanAct } from './usePlan.ts';
import { WhyForm } from './WhyForm.tsx';
import { YesForm } from './YesForm.tsx';

/** What the coordinator does next; one thing. */
export function NextStep({ plan }: { plan: CarePlan }) {
  const { t } = useWords();
  const lead = leadOf(plan);
  return (
    <section className={`${card.card} ${css.next}`} aria-labelledby="plan-next">
      <h2 id="plan-next">{t('carePlan.next')}</h2>
      <p>{t(`carePlan.lead.${lead}`)}</p>
      <Act plan={plan} />
    </section>
  );
}

type Lead = CarePlan['state'] | 'parties' | 'ready';

function leadOf({ state, parties, agenda }: CarePlan): Lead {
  if (state === 'preparing' && parties.length === 0) return 'parties';
  return state === 'meeting_scheduled' && agenda.length > 0 ? 'ready' : state;
}

function Act({ plan }: { plan: CarePlan }) {
  switch (plan.state) {
    case 'need_identified':
    case 'declined':
      return <Offer plan={plan} />;
    case 'offered':
      return <Answer plan={plan} />;
    case 'summoned':
      return <Book plan={plan} />;
    case 'meeting_scheduled':
    case 'in_meeting':
      return <GoIn plan={plan} />;
    case 'plan_draft':
      return <Activate plan={plan} />;
    case 'plan_active':
    case 'followup_due':
      return <Revise plan={plan} />;
    default:
      return null;
  }
}

function Offer({ plan: { id, version, state } }: { plan: CarePlan }) {
  const { t } = useWords();
  const { act, busy, problem } = usePlanAct({ id });
  return (
    <>
      {problem && <Notice look="problem">{problem}</Notice>}
      <div>
        <Button
          look="primary"
          disabled={busy}
          icon={<ArrowRight aria-hidden size={22} />}
          onClick={() => void act(() => api('POST /api/care-plans/:planId/offer', { params: { planId: id }, body: { basedOn: version } }))}
        >
          {t(state === 'declined' ? 'carePlan.offerAgain' : 'carePlan.offer')}
        </Button>
      </div>
    </>
  );
}

/** The person's yes or no, as staff have heard it. */
function Answer({ plan }: { plan: CarePlan }) {
  const { t } = useWords();
  const { act } = usePlanAct(plan);
  const [form, setForm] = useState<'yes' | 'no' | null>(null);
  const of = { params: { planId: plan.id } };
  const read = (): void => {
    setForm(null);
    void act(async () => undefined);
  };
  if (form === 'yes')
    return (
      <YesForm
        plan={plan}
        title={t('carePlan.saysYes')}
        submit={t('carePlan.keepYes')}
        onYes={(consent) => api('POST /api/care-plans/:planId/consent', { ...of, body: { basedOn: plan.version, consent } })}
        onDone={read}
      >
        <p>{t('carePlan.yesLead')}</p>
      </YesForm>
    );
  if (form === 'no')
    return (
      <WhyForm
        title={t('carePlan.saysNo')}
        label={t('carePlan.noWhy')}
        submit={t('carePlan.keepNo')}
        onSubmit={(why) => api('POST /api/care-plans/:planId/decline', { ...of, body: { basedOn: plan.version, why } })}
        onDone={read}
      />
    );
  return (
    <div className={card.row}>
      <Button look="primary" onClick={() => setForm('yes')}>
        {t('carePlan.saysYes')}
      </Button>
      <Button onClick={() => setForm('no')}>{t('carePlan.saysNo')}</Button>
    </div>
  );
}

function Book({ plan }: { plan: CarePlan }) {
  const { t } = useWords();
  const navigate = useNavigate();
  return (
    <div>
      <Button look="primary" icon={<CalendarPlus aria-hidden size={22} />} onClick={() => void navigate(bookingOf(plan, 60))}>
        {t('carePlan.book')}
      </Button>
    </div>
  );
}

function GoIn({ plan: { meetingId } }: { plan: CarePlan }) {
  const { t } = useWords();
  const navigate = useNavigate();
  if (!meetingId) return null;
  return (
    <div className={card.row}>
      <Button look="primary" icon={<Video aria-hidden size={22} />} onClick={() => void navigate(`/visits/${meetingId}`)}>
        {t('carePlan.goIn')}
      </Button>
      <Button onClick={() => void navigate(`/visits/${meetingId}/record`)}>{t('carePlan.ofMeeting')}</Button>
    </div>
  );
}

/** What is missing still, and the signature. */
function Activate({ plan }: { plan: CarePlan }) {
  const { t } = useWords();
  const { id, version, gaps } = plan;
  const { act, busy, problem, dialog } = usePlanAct(plan);
  const missing = (
    <>
      <p>
        <strong>{t('carePlan.missing')}</strong>
      </p>
      <ul className={card.list}>
        {gaps.map((gap) => (
          <li key={gap}>{t(`carePlan.gap.${gap}`)}</li>
        ))}
      </ul>
    </>
  );
  return (
    <>
      {gaps.length > 0 && !problem && missing}
      {problem && <Notice look="problem">{gaps.length > 0 ? missing : problem}</Notice>}
      <div>
        <Button
          look="primary"
          disabled={busy}
          icon={<PenLine aria-hidden size={22} />}
          onClick={() =>
            void act(() => api('POST /api/care-plans/:planId/activate', { params: { planId: id }, body: { basedOn: version } }))
          }
        >
          {t('carePlan.activate')}
        </Button>
      </div>
      {dialog}
    </>
  );
}
