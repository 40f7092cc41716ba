import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { PatientView } from '../../contract/patients.ts';
import type { Assignment } from '../../contract/units.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Fetched } from '../office/Office.tsx';
import { PatientSearch } from '../patients/PatientSearch.tsx';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Select } from '../ui/Choices.tsx';

type Props = {
  units: Assignment[];
  unitId: string;
  onUnit: (unitId: string) => void;
  wanted: string | null; // from a patient's page
  onPatient: (patient: PatientView) => void;
};

/** The first question of a booking: at which unit, and for whom. */
export function ChoosePatient({ units, unitId, onUnit, wanted, onPatient }: Props) {
  const { t } = useWords();
  const [patientId, setPatientId] = useState(wanted);
  const chosen = useQuery({
    queryKey: ['patient', patientId],
    queryFn: () => api('GET /api/patients/:patientId', { params: { patientId: patientId ?? '' } }),
    enabled: patientId !== null,
  });
  const { data } = chosen;
  useEffect(() => {
    if (!data) return;
    if (!data.units.some(({ id }) => id === unitId)) {
      const here = units.find((unit) => data.units.some(({ id }) => id === unit.unitId));
      if (here) onUnit(here.unitId);
    }
    onPatient(data);
  }, [data, onPatient, onUnit, unitId, units]);
  if (patientId) return <Fetched of={chosen}>{() => null}</Fetched>;
  return (
    <Card title={t('book.who')} id="who">
      {units.length > 1 && (
        <Select
          label={t('book.unit')}
          value={unitId}
          onChange={onUnit}
          options={units.map((unit) => ({ value: unit.unitId, label: unit.unitName }))}
        />
      )}
      <PatientSearch unitId={unitId}>
        {(patient) => (
          <Button look="primary" aria-label={t('book.chooseName', { name: patient.name })} onClick={() => setPatientId(patient.id)}>
            {t('book.choose')}
          </Button>
        )}
      </PatientSearch>
      <p>
        <Link to={`/patients?new=${unitId}`}>{t('book.newPatient')}</Link>
      </p>
      <p>
        <Link to="/rounds/new">{t('round.new')}</Link>
      </p>
    </Card>
  );
}
