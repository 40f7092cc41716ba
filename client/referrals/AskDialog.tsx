import { useQueryClient } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { useState } from 'react';
import type { Colleague } from '../../contract/booking.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { ColleagueSearch } from '../booking/StaffPicker.tsx';
import { newId } from '../media/newId.ts';
import { Queries } from '../office/Queries.tsx';
import { Button } from '../ui/Button.tsx';
import { Check } from '../ui/Choices.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useNameOf } from '../ui/person.ts';
import { useSubmit } from '../ui/useSubmit.ts';

type Props = { visitId: string; onClose: () => void; onSent: (name: string) => void };

/** To whom, what, and whether the patient has said yes. */
export default function AskDialog(props: Props) {
  return (
    <Queries>
      <Dialog {...props} />
    </Queries>
  );
}

function Dialog({ visitId, onClose, onSent }: Props) {
  const { t } = useWords();
  const queries = useQueryClient();
  const nameOf = useNameOf();
  const [referralId] = useState(newId);
  const [chosen, setChosen] = useState<Colleague | null>(null);
  const [question, setQuestion] = useState('');
  const [consented, setConsented] = useState(false);
  const { run, busy, errorOf, words } = useSubmit(
    () => [...(chosen ? [] : ['specialist']), ...(question.trim() ? [] : ['question']), ...(consented ? [] : ['consented'])],
    async () => {
      if (!chosen) return;
      const { userId, unitId } = chosen;
      const body = { kind: 'specialist', userId, unitId, referralId, question, consented } as const;
      await api('POST /api/visits/:visitId/people', { params: { visitId }, body });
      onSent(nameOf(chosen));
      onClose();
      await queries.invalidateQueries({ queryKey: ['record', visitId] });
    },
  );
  return (
    <DialogFrame
      title={t('referral.ask')}
      onClose={onClose}
      buttons={
        <Button look="primary" disabled={busy} icon={<Send aria-hidden size={20} />} onClick={run}>
          {t('referral.send')}
        </Button>
      }
    >
      <p>{t('referral.lead')}</p>
      <Field
        name="question"
        label={t('referral.question')}
        hint={t('referral.questionHint')}
        value={question}
        onChange={setQuestion}
        error={errorOf('question')}
        rows={3}
        maxLength={2_000}
      />
      <section aria-label={t('referral.who')} data-field="specialist">
        {chosen ? (
          <>
            <p>
              <strong>{t('referral.chosen', { name: nameOf(chosen), unit: chosen.unitName })}</strong>
            </p>
            <Button onClick={() => setChosen(null)}>{t('referral.other')}</Button>
          </>
        ) : (
          <ColleagueSearch without={[]} onAdd={setChosen} />
        )}
        {errorOf('specialist') && (
          <p role="alert">
            <strong>{errorOf('specialist')}</strong>
          </p>
        )}
      </section>
      <Check checked={consented} onChange={setConsented} error={errorOf('consented')}>
        {t('referral.consent')}
      </Check>
      {words && <Notice look="problem">{words}</Notice>}
    </DialogFrame>
  );
}
