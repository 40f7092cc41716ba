import { useState } from 'react';
import type { StaffView } from '../../contract/units.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import css from '../ui/Card.module.css';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

type Held = StaffView['assignments'][number];

/** Which commission of the directory an assignment is, so that an e-ID can choose it. */
export function CommissionForm({ held, onDone }: { held: Held; onDone: () => void }) {
  const { t } = useWords();
  const [hsaId, setHsaId] = useState(held.hsaId ?? '');
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => undefined,
    async () => {
      await api('PUT /api/assignments/:assignmentId', { params: { assignmentId: held.id }, body: { hsaId: hsaId.trim() || null } });
      onDone();
    },
  );
  return (
    <form className={css.card} onSubmit={onSubmit} noValidate aria-label={t('staff.commission')}>
      <Field
        name="hsaId"
        label={t('staff.commission')}
        value={hsaId}
        onChange={setHsaId}
        error={errorOf('hsaId')}
        maxLength={31}
        spellCheck={false}
      />
      <FormEnd words={words} busy={busy} onCancel={onDone} />
    </form>
  );
}
