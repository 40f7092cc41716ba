import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { IssuedCode } from '../../contract/codes.ts';
import type { PatientView } from '../../contract/patients.ts';
import type { NewResident, Round } from '../../contract/rounds.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { newId } from '../media/newId.ts';
import { Fetched } from '../office/Office.tsx';
import { PatientSearch } from '../patients/PatientSearch.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Check, Radios } from '../ui/Choices.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { useRoundAct } from './useRound.ts';

type Props = { round: Round; onCodes: (codes: IssuedCode[]) => void };

/** Puts a resident on the list: who, how soon, and who close to them comes for their minutes. */
export function AddResident({ round, onCodes }: Props) {
  const { t } = useWords();
  const [patientId, setPatientId] = useState<string | null>(null);
  const patient = useQuery({
    queryKey: ['patient', patientId],
    queryFn: () => api('GET /api/patients/:patientId', { params: { patientId: patientId ?? '' } }),
    enabled: patientId !== null,
  });
  const listed = new Set(round.items.map((item) => item.patientId));
  return (
    <Card title={t('round.add')} id="add">
      {patientId ? (
        <Fetched of={patient}>
          {(found) => (
            <Form
              key={found.id}
              round={round}
              patient={found}
              onDone={(codes) => {
                setPatientId(null);
                onCodes(codes);
              }}
              onOther={() => setPatientId(null)}
            />
          )}
        </Fetched>
      ) : (
        <PatientSearch unitId={round.unit.id}>
          {({ id, name }) =>
            listed.has(id) ? (
              <span className={css.soft}>{t('round.isListed')}</span>
            ) : (
              <Button aria-label={t('book.chooseName', { name })} onClick={() => setPatientId(id)}>
                {t('book.choose')}
              </Button>
            )
          }
        </PatientSearch>
      )}
    </Card>
  );
}

type FormProps = { round: Round; patient: PatientView; onDone: (codes: IssuedCode[]) => void; onOther: () => void };

function Form({ round, patient, onDone, onOther }: FormProps) {
  const { t } = useWords();
  const [place, setPlace] = useState('');
  const [urgency, setUrgency] = useState<NewResident['urgency']>('routine');
  const [infected, setInfected] = useState(false);
  const [comes, setComes] = useState<string[]>([]);
  const [consented, setConsented] = useState<string[]>([]);
  const ids = useRef({ itemId: newId(), visitId: newId() });
  const { act, dialog } = useRoundAct(round);
  const { onSubmit, busy, errorOf, words } = useSubmit(
    () => (place.trim() ? undefined : 'place'),
    async () => {
      const body = { ...ids.current, patientId: patient.id, place, urgency, infected, relativeIds: comes, consented };
      const codes = await api('POST /api/rounds/:roundId/items', { params: { roundId: round.id }, body });
      await act(async () => undefined); // reads the round anew
      onDone(codes);
    },
  );
  const toggle = (list: string[], id: string, on: boolean): string[] => (on ? [...list, id] : list.filter((one) => one !== id));
  return (
    <form onSubmit={onSubmit} noValidate className={css.fold}>
      <div className={css.row}>
        <p className={css.grow}>
          <strong>{patient.name}</strong>
        </p>
        <Button look="quiet" onClick={onOther}>
          {t('app.cancel')}
        </Button>
      </div>
      <Field name="place" label={t('round.place')} value={place} onChange={setPlace} error={errorOf('place')} maxLength={120} />
      <Radios
        legend={t('round.urgencyAsk')}
        value={urgency}
        onChange={setUrgency}
        options={(['routine', 'soon', 'acute'] as const).map((value) => ({ value, label: t(`round.urgency.${value}`) }))}
      />
      <Check checked={infected} onChange={setInfected}>
        {t('round.infectedAsk')}
      </Check>
      {patient.relatives.map(({ id, name, mayBePresent }) => (
        <div key={id}>
          <Check checked={comes.includes(id)} onChange={(on) => setComes(toggle(comes, id, on))}>
            {t('round.relativeComes', { name })}
          </Check>
          {comes.includes(id) && !mayBePresent && (
            <Check checked={consented.includes(id)} onChange={(on) => setConsented(toggle(consented, id, on))}>
              {t('round.consented', { name })}
            </Check>
          )}
        </div>
      ))}
      {words && <Notice look="problem">{words}</Notice>}
      <div>
        <Button type="submit" look="primary" disabled={busy}>
          {t('round.putOn')}
        </Button>
      </div>
      {dialog}
    </form>
  );
}
