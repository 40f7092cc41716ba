import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { CarePlan } from '../../contract/carePlans.ts';
import { isPrincipal } from '../../contract/planKinds.ts';
import type { PartyView, SummonsAnswer } from '../../contract/planParties.ts';
import { api } from '../app/api.ts';
import { useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import card from '../ui/Card.module.css';
import { Radios, Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

type Kind = SummonsAnswer['answer'];

/** They come, it goes on to the right unit, or they do not come, and why. */
export function AnswerForm({ plan, party, onDone }: { plan: CarePlan; party: PartyView; onDone: () => void }) {
  const { t } = useWords();
  const me = useMe();
  const mine = plan.you.partyId === party.id;
  const [answer, setAnswer] = useState<Kind>('accepted');
  const [who, setWho] = useState(mine ? (me?.name ?? '') : '');
  const [reason, setReason] = useState('');
  const [search, setSearch] = useState('');
  const [directoryId, setDirectoryId] = useState('');
  const wanted = useDeferredValue(search.trim());
  const units = useQuery({
    queryKey: ['directory', wanted],
    queryFn: () => api('POST /api/directory/search', { body: { search: wanted } }),
    placeholderData: (before) => before,
    enabled: answer === 'forwarded',
  }).data;
  const others = units?.filter(({ name, principal }) => `${name}, ${principal}` !== party.name); // it is theirs already
  const chosenId = others?.some(({ id }) => id === directoryId) ? directoryId : '';
  const wrong = {
    accepted: who.trim() ? undefined : 'who',
    forwarded: chosenId ? undefined : 'directoryId',
    declined: reason.trim() ? undefined : 'reason',
  };
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => wrong[answer],
    async () => {
      const params = { planId: plan.id, partyId: party.id };
      const body: SummonsAnswer =
        answer === 'accepted' ? { answer, who } : answer === 'forwarded' ? { answer, directoryId: chosenId } : { answer, reason };
      await api('PUT /api/care-plans/:planId/parties/:partyId/answer', { params, body });
      onDone();
    },
  );
  const choices: Kind[] = isPrincipal(party.kind) ? ['accepted', 'forwarded', 'declined'] : ['accepted', 'declined'];
  return (
    <form onSubmit={onSubmit} noValidate className={card.fold} aria-label={t('carePlan.answerFor', { name: party.name })}>
      <Radios
        legend={t('carePlan.theAnswer')}
        value={answer}
        onChange={setAnswer}
        options={choices.map((value) => ({ value, label: t(`carePlan.answers.${value}`) }))}
      />
      {answer === 'accepted' && (
        <Field name="who" label={t('carePlan.whoComes')} value={who} onChange={setWho} error={errorOf('who')} maxLength={120} />
      )}
      {answer === 'forwarded' && (
        <div className={card.pair}>
          <Field name="search" label={t('carePlan.searchDirectory')} value={search} onChange={setSearch} autoComplete="off" />
          <Select
            name="directoryId"
            label={t('carePlan.rightUnit')}
            value={chosenId}
            onChange={setDirectoryId}
            error={errorOf('directoryId')}
            options={[
              { value: '', label: t('carePlan.choose') },
              ...(others ?? []).map(({ id, name, principal }) => ({ value: id, label: `${name}, ${principal}` })),
            ]}
          />
        </div>
      )}
      {answer === 'declined' && (
        <Field
          name="reason"
          rows={2}
          label={t('carePlan.why')}
          value={reason}
          onChange={setReason}
          error={errorOf('reason') && t('field.why')}
          maxLength={500}
        />
      )}
      <FormEnd words={words} busy={busy} submit={t('carePlan.keepAnswerNow')} onCancel={onDone} />
    </form>
  );
}
