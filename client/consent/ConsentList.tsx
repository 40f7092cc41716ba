import { ShieldCheck, ShieldOff } from 'lucide-react';
import { useState } from 'react';
import type { ConsentView } from '../../contract/consent.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Confirm } from '../ui/Confirm.tsx';

type Props = { consents: ConsentView[]; onWithdraw: (id: string) => void; busy: boolean };

/** What has been said yes to, each with one button to take it back; what has ended stands apart. */
export function ConsentList({ consents, onWithdraw, busy }: Props) {
  const { t } = useWords();
  const [withdrawing, setWithdrawing] = useState<ConsentView | null>(null);
  const sentenceOf = useConsentSentence();
  const running = consents.filter(({ endedAt }) => endedAt === null);
  const ended = consents.filter(({ endedAt }) => endedAt !== null);
  return (
    <>
      {running.length === 0 && <p>{t('consent.none')}</p>}
      <ul className={css.list}>
        {running.map((one) => (
          <li key={one.id}>
            <ShieldCheck aria-hidden size={24} />
            <Said consent={one} />
            <Button
              disabled={busy}
              icon={<ShieldOff aria-hidden size={20} />}
              aria-label={t('consent.withdrawThis', { what: sentenceOf(one) })}
              onClick={() => setWithdrawing(one)}
            >
              {t('consent.withdraw')}
            </Button>
          </li>
        ))}
      </ul>
      {ended.length > 0 && (
        <details>
          <summary>{t('consent.ended', { count: ended.length })}</summary>
          <ul className={css.list}>
            {ended.map((one) => (
              <li key={one.id}>
                <Said consent={one} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {withdrawing && (
        <Confirm
          title={t('consent.withdrawAsk')}
          text={`${sentenceOf(withdrawing)}. ${t('consent.withdrawAfter')}`}
          onClose={() => setWithdrawing(null)}
        >
          <Button
            look="danger"
            onClick={() => {
              onWithdraw(withdrawing.id);
              setWithdrawing(null);
            }}
          >
            {t('consent.withdraw')}
          </Button>
        </Confirm>
      )}
    </>
  );
}

/** "Anna may be with me at visits", in one plain sentence. */
function useConsentSentence(): (consent: ConsentView) => string {
  const { t, language } = useWords();
  return ({ type, relativeName, organisationName, onlyThisVisit, provider }) => {
    const said = t(`consentSays.${type}`, { name: relativeName ?? organisationName ?? '', provider });
    if (!onlyThisVisit) return said;
    const day = `${dayOf(onlyThisVisit, language)} ${t('today.at', { time: bothClocks(onlyThisVisit, language).care })}`;
    return `${said} (${t('consent.onlyVisit', { day })})`;
  };
}

function Said({ consent }: { consent: ConsentView }) {
  const { t, language } = useWords();
  const sentenceOf = useConsentSentence();
  const { topics, exclusions, capacity, capacityNote, guardianName, form, givenAt, validUntil, endedAt, endedAs, provider } = consent;
  const day = (at: string): string => `${dayOf(at, language)} ${t('today.at', { time: bothClocks(at, language).care })}`;
  const basis = capacity === 'own' ? '' : ` · ${t(`capacity.${capacity}`)}${guardianName ? ` (${guardianName})` : ''}`;
  return (
    <div className={css.grow}>
      <p>
        <strong>{sentenceOf(consent)}</strong>
      </p>
      {topics && <p>{t('consent.about', { text: topics })}</p>}
      {exclusions && <p>{t('consent.not', { text: exclusions })}</p>}
      <p className={css.soft}>
        {provider} · {t(`consentForm.${form}`)} {day(givenAt)}
        {basis}
      </p>
      {capacityNote && <p className={css.soft}>{capacityNote}</p>}
      {validUntil && !endedAt && <p className={css.soft}>{t('consent.until', { day: day(validUntil) })}</p>}
      {endedAt && endedAs && <p className={css.soft}>{t(`consentEnd.${endedAs}`, { day: day(endedAt) })}</p>}
    </div>
  );
}
