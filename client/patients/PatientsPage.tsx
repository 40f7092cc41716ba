import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { powersOf, useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Office } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { NewPatient } from './NewPatient.tsx';
import { OpenByNumber } from './OpenByNumber.tsx';
import { PatientSearch } from './PatientSearch.tsx';

/** Patients of one's units: find one, or register one. */
export default function PatientsPage() {
  const { t } = useWords();
  return (
    <Office title={t('patients.title')} for="anyStaff">
      <Patients />
    </Office>
  );
}

function Patients() {
  const { t } = useWords();
  const me = useMe();
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const [adding, setAdding] = useState(query.has('new'));
  if (!me) return null;
  const units = [
    ...new Map(
      me.assignments.filter((one) => powersOf(me).care.includes(one) || one.role === 'administrator').map((one) => [one.unitId, one]),
    ).values(),
  ];
  if (adding) return <NewPatient units={units} unitId={query.get('new') ?? units[0]?.unitId ?? ''} onCancel={() => setAdding(false)} />;
  return (
    <>
      <Card title={t('patients.list')} id="patients">
        {units.length > 0 && (
          <div>
            <Button icon={<UserPlus aria-hidden size={22} />} onClick={() => setAdding(true)}>
              {t('patients.add')}
            </Button>
          </div>
        )}
        <PatientSearch>
          {(patient) => (
            <Button aria-label={t('patients.openName', { name: patient.name })} onClick={() => void navigate(`/patients/${patient.id}`)}>
              {t('patients.open')}
            </Button>
          )}
        </PatientSearch>
      </Card>
      {powersOf(me).care.some(({ role }) => role !== 'unitHead') && <OpenByNumber />}
    </>
  );
}
