import { useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import type { IssuedCode } from '../../contract/codes.ts';
import type { PatientView } from '../../contract/patients.ts';
import { powersOf, useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Office } from '../office/Office.tsx';
import { Booked } from './Booked.tsx';
import { BookingForm } from './BookingForm.tsx';
import { ChoosePatient } from './ChoosePatient.tsx';

/** Books a visit: for whom, then when, where and with whom. */
export default function BookPage() {
  const { t } = useWords();
  const { key } = useLocation(); // pressed again, it begins anew
  const [query] = useSearchParams();
  return (
    <Office title={t(query.get('carePlan') ? 'book.planTitle' : 'book.title')} for="takesPart">
      <Steps key={key} />
    </Office>
  );
}

function Steps() {
  const { t } = useWords();
  const me = useMe();
  const [query] = useSearchParams();
  const units = me ? powersOf(me).care.filter(({ unitId }, index, all) => all.findIndex((other) => other.unitId === unitId) === index) : [];
  const [unitId, setUnitId] = useState(query.get('unit') ?? units[0]?.unitId ?? '');
  const [patient, setPatient] = useState<PatientView | null>(null);
  const [booked, setBooked] = useState<{ visitId: string; codes: IssuedCode[]; preliminary: boolean; times: string[] } | null>(null);
  if (!me || units.length === 0) return <p>{t('book.noUnit')}</p>;
  if (booked && patient) return <Booked {...booked} patient={patient} carePlan={query.get('carePlan')} />;
  if (patient)
    return (
      <BookingForm
        me={me}
        unitId={unitId}
        patient={patient}
        request={query.get('request')}
        at={query.get('at')}
        minutes={query.get('minutes')}
        carePlan={query.get('carePlan')}
        relatives={query.get('relatives')?.split(',') ?? []}
        onOther={() => setPatient(null)}
        onBooked={setBooked}
      />
    );
  return <ChoosePatient units={units} unitId={unitId} onUnit={setUnitId} wanted={query.get('patient')} onPatient={setPatient} />;
}
