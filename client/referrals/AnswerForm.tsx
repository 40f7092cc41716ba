import { useQueryClient } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useState } from 'react';
import type { Referral } from '../../contract/referrals.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { PhraseField } from '../phrases/PhraseField.tsx';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { referralsKey } from './useReferrals.ts';

/** The specialist answers; it may be put right until the visit is done. */
export function AnswerForm({ referral, visitId }: { referral: Referral; visitId: string }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [answer, setAnswer] = useState(referral.answer);
  const [overtaken, setOvertaken] = useState(false);
  const reload = (): Promise<void> => queries.invalidateQueries({ queryKey: referralsKey(visitId) });
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (answer.trim() ? undefined : 'answer'),
    async () => {
      const body = { answer, basedOn: referral.version };
      await api('PUT /api/referrals/:referralId/answer', { params: { referralId: referral.id }, body });
      await reload();
    },
    () => {
      setOvertaken(true);
      void reload();
    },
  );
  const sent = referral.answeredAt !== null;
  return (
    <form onSubmit={onSubmit} noValidate>
      <PhraseField
        name="answer"
        label={t('referral.answer')}
        value={answer}
        onChange={setAnswer}
        error={errorOf('answer')}
        rows={4}
        maxLength={8_000}
      />
      {words && <Notice look="problem">{words}</Notice>}
      {overtaken && <Notice look="problem">{t('referral.overtaken')}</Notice>}
      {sent && answer === referral.answer && <Notice>{t('referral.kept')}</Notice>}
      <Button
        type="submit"
        look={sent ? 'plain' : 'primary'}
        disabled={busy || (sent && answer === referral.answer)}
        icon={<Send aria-hidden size={20} />}
      >
        {t(sent ? 'referral.change' : 'referral.reply')}
      </Button>
    </form>
  );
}
