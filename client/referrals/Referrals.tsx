import { MessageCircleQuestion } from 'lucide-react';
import { Fragment } from 'react';
import type { Referral } from '../../contract/referrals.ts';
import type { ParticipantView } from '../../contract/visits.ts';
import { bothClocks } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Queries } from '../office/Queries.tsx';
import { useNameOf } from '../ui/person.ts';
import { AnswerForm } from './AnswerForm.tsx';
import css from './Referrals.module.css';
import { useReferrals } from './useReferrals.ts';

type Props = {
  visitId: string;
  people: readonly ParticipantView[];
  onlyMine?: boolean; // before the door: what one comes for
};

/** What specialists are asked in this visit, and what they answer. Nothing if nobody is. */
export default function Referrals(props: Props) {
  return (
    <Queries>
      <Asked {...props} />
    </Queries>
  );
}

function Asked({ visitId, people, onlyMine = false }: Props) {
  const { t } = useWords();
  const asked = useReferrals(visitId, people).filter(({ mine }) => mine || !onlyMine);
  if (asked.length === 0) return null;
  const mine = asked.every((one) => one.mine);
  return (
    <section className={css.asked} aria-labelledby="referrals">
      <h2 id="referrals">
        <MessageCircleQuestion aria-hidden size={24} /> {t(mine ? 'referral.toYou' : 'referral.title')}
      </h2>
      {asked.map((one) => (
        <Fragment key={one.id}>
          <Question referral={one} />
          {one.mine && !onlyMine ? <AnswerForm key={one.version} referral={one} visitId={visitId} /> : <Answer referral={one} />}
        </Fragment>
      ))}
    </section>
  );
}

function Question({ referral: { to, mine, question, askedBy, askedAt } }: { referral: Referral }) {
  const { t, language } = useWords();
  const nameOf = useNameOf();
  return (
    <>
      <p className={css.soft}>
        {!mine && `${t('referral.to', { name: nameOf(to) })} · `}
        {t('referral.by', { name: nameOf(askedBy), time: bothClocks(askedAt, language).care })}
      </p>
      <p className={css.words}>{question}</p>
    </>
  );
}

function Answer({ referral: { answer, answeredAt } }: { referral: Referral }) {
  const { t, language } = useWords();
  if (!answeredAt) return <p className={css.soft}>{t('referral.waits')}</p>;
  return (
    <>
      <p className={css.soft}>{t('referral.answered', { time: bothClocks(answeredAt, language).care })}</p>
      <p className={css.words}>{answer}</p>
    </>
  );
}
