import { useQueryClient } from '@tanstack/react-query';
import type { AgreementView } from '../../contract/access.ts';
import { api } from '../app/api.ts';
import { careToday } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { EditForm } from '../office/EditForm.tsx';
import { useEdit } from '../office/useEdit.ts';
import css from '../ui/Card.module.css';
import { Select } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

type Organisation = { id: string; name: string; mine: boolean };
type Draft = { organisationId: string; giverId: string; covers: string; from: string; until: string };

const draftOf = (one: AgreementView | null, organisations: Organisation[]): Draft & { version: number } => ({
  organisationId: one?.organisationId ?? organisations.find(({ mine }) => mine)?.id ?? '',
  giverId: one?.giverId ?? organisations.find(({ mine }) => !mine)?.id ?? '',
  covers: one?.covers ?? '',
  from: one?.from ?? careToday(),
  until: one?.until ?? '',
  version: one?.version ?? 0,
});

type Props = { agreement: AgreementView | null; organisations: Organisation[]; onDone: () => void };

export function AgreementForm({ agreement, organisations, onDone }: Props) {
  const { t } = useWords();
  const queries = useQueryClient();
  const edit = useEdit<Draft>(draftOf(agreement, organisations));
  const { organisationId, giverId, covers, from, until } = edit.values;
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => {
      if (!covers.trim()) return 'covers';
      if (!from) return 'from';
      return until && until < from ? 'until' : undefined;
    },
    async () => {
      const body = { organisationId, giverId, covers, from, until: until || null };
      if (agreement)
        await api('PUT /api/agreements/:agreementId', { params: { agreementId: agreement.id }, body: { ...body, basedOn: edit.version } });
      else await api('POST /api/agreements', { body });
      await queries.invalidateQueries({ queryKey: ['agreements'] });
      onDone();
    },
    () => {
      void api('GET /api/agreements').then(({ agreements }) => {
        const now = agreements.find(({ id }) => id === agreement?.id);
        if (now) edit.overtake(draftOf(now, organisations));
      });
    },
  );
  const nameOf = (id: string): string => organisations.find((one) => one.id === id)?.name ?? id;
  const labels: Record<keyof Draft, string> = {
    organisationId: t('agreements.organisation'),
    giverId: t('agreements.giver'),
    covers: t('agreements.covers'),
    from: t('agreements.from'),
    until: t('agreements.until'),
  };
  const options = organisations.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <EditForm
      title={t(agreement ? 'agreements.change' : 'agreements.add')}
      edit={edit}
      labels={labels}
      shown={(key, value) => (key === 'organisationId' || key === 'giverId' ? nameOf(value) : value)}
      form={{ onSubmit, busy, words: words ?? errorOf('giverId') }}
      onCancel={onDone}
    >
      <div className={css.pair}>
        <Select label={labels.giverId} value={giverId} onChange={(id) => edit.set('giverId', id)} options={options} />
        <Select label={labels.organisationId} value={organisationId} onChange={(id) => edit.set('organisationId', id)} options={options} />
      </div>
      <Field
        name="covers"
        rows={2}
        label={labels.covers}
        hint={t('agreements.coversHint')}
        value={covers}
        onChange={(text) => edit.set('covers', text)}
        error={errorOf('covers')}
        maxLength={300}
      />
      <div className={css.pair}>
        <Field
          name="from"
          type="date"
          label={labels.from}
          value={from}
          onChange={(text) => edit.set('from', text)}
          error={errorOf('from')}
        />
        <Field
          name="until"
          type="date"
          label={labels.until}
          hint={t('consent.validUntilHint')}
          value={until}
          onChange={(text) => edit.set('until', text)}
          error={errorOf('until')}
        />
      </div>
    </EditForm>
  );
}
