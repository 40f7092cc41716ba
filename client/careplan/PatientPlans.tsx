import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { PatientView } from '../../contract/patients.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { newId } from '../media/newId.ts';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Field } from '../ui/Field.tsx';
import { FormEnd } from '../ui/FormEnd.tsx';
import { useSubmit } from '../ui/useSubmit.ts';

/** The coordinated plans of a patient, and the way to say that one is needed. */
export default function PatientPlans({ patient, unitId }: { patient: PatientView; unitId: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [proposing, setProposing] = useState(false);
  const patientId = patient.id;
  const plans = useQuery({
    queryKey: ['carePlans', patientId],
    queryFn: () => api('GET /api/patients/:patientId/care-plans', { params: { patientId } }),
  }).data;
  return (
    <Card title={t('carePlan.ofPatient')} id="care-plans">
      {plans?.length === 0 && <p>{t('carePlan.noneOfPatient')}</p>}
      <ul className={card.list}>
        {plans?.map(({ id, state, unit, edition }) => (
          <li key={id}>
            <p className={card.grow}>
              {unit.name} {edition > 1 && t('carePlan.edition', { nr: edition })}
            </p>
            <span className={card.badge}>{t(`carePlan.state.${state}`)}</span>
            <Button aria-label={t('carePlan.openOf', { name: unit.name })} onClick={() => void navigate(`/care-plans/${id}`)}>
              {t('carePlan.open')}
            </Button>
          </li>
        ))}
      </ul>
      {proposing ? (
        <Propose patientId={patientId} unitId={unitId} onDone={() => setProposing(false)} />
      ) : (
        <div>
          <Button onClick={() => setProposing(true)}>{t('carePlan.propose')}</Button>
        </div>
      )}
    </Card>
  );
}

function Propose({ patientId, unitId, onDone }: { patientId: string; unitId: string; onDone: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [planId] = useState(newId); // a resend is the same plan
  const [need, setNeed] = useState('');
  const [proposedBy, setProposedBy] = useState('');
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => [need.trim() ? undefined : 'need', proposedBy.trim() ? undefined : 'proposedBy'].filter((name) => name !== undefined),
    async () => {
      await api('POST /api/patients/:patientId/care-plans', { params: { patientId }, body: { planId, unitId, need, proposedBy } });
      void navigate(`/care-plans/${planId}`);
    },
  );
  return (
    <form onSubmit={onSubmit} noValidate className={card.fold} aria-label={t('carePlan.propose')}>
      <Field
        name="need"
        rows={2}
        label={t('carePlan.need')}
        hint={t('carePlan.needHint')}
        value={need}
        onChange={setNeed}
        error={errorOf('need')}
        maxLength={4_000}
      />
      <Field
        name="proposedBy"
        label={t('carePlan.proposedBy')}
        hint={t('carePlan.proposedByHint')}
        value={proposedBy}
        onChange={setProposedBy}
        error={errorOf('proposedBy')}
        maxLength={200}
      />
      <FormEnd words={words} busy={busy} submit={t('carePlan.keepNeed')} onCancel={onDone} />
    </form>
  );
}
