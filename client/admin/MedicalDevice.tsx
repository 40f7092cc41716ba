import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OrganisationView } from '../../contract/units.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

/** Whether NEWS2 is in use: off until the care provider has recorded its decision. */
export function MedicalDevice({ organisation: { id, medicalDeviceDecision: taken } }: { organisation: OrganisationView }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [decision, setDecision] = useState('');
  const keep = async (value: string | null): Promise<void> => {
    await api('PUT /api/organisations/:organisationId/medical-device', { params: { organisationId: id }, body: { decision: value } });
    await queries.invalidateQueries({ queryKey: ['organisations'] });
  };
  const on = useSubmit(
    () => (decision.trim() ? undefined : 'decision'),
    () => keep(decision),
  );
  const off = useSubmit(
    () => undefined,
    () => keep(null),
  );
  return (
    <form onSubmit={taken ? off.onSubmit : on.onSubmit} noValidate className={css.fold}>
      <h3>{t('medicalDevice.title')}</h3>
      <p>{taken ? t('medicalDevice.on', { decision: taken }) : t('medicalDevice.off')}</p>
      {!taken && (
        <Field
          name="decision"
          label={t('medicalDevice.decision')}
          value={decision}
          onChange={setDecision}
          error={on.errorOf('decision')}
          maxLength={200}
        />
      )}
      {(on.words ?? off.words) && <Notice look="problem">{on.words ?? off.words}</Notice>}
      <div>
        <Button type="submit" disabled={on.busy || off.busy}>
          {t(taken ? 'medicalDevice.turnOff' : 'medicalDevice.turnOn')}
        </Button>
      </div>
    </form>
  );
}
