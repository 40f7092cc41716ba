import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CalendarPlus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { PatientView } from '../../contract/patients.ts';
import { api } from '../app/api.ts';
import { powersOf, useMe } from '../app/me.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { languageNames, openBook, useWords } from '../app/words.ts';
import { ConsentCard } from '../consent/ConsentCard.tsx';
import { Fetched, Office } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card, Facts } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Blocks } from './Blocks.tsx';
import { PatientEdit } from './PatientEdit.tsx';
import { PatientIdentity } from './PatientIdentity.tsx';
import { PatientLogin } from './PatientLogin.tsx';
import { Relatives } from './Relatives.tsx';

const ContinuityCard = lazy(() => import('./ContinuityCard.tsx'));
const PatientPlans = lazy(async () => (await Promise.all([import('../careplan/PatientPlans.tsx'), openBook('plan')]))[0]);
const VitalsCard = lazy(() => import('../vitals/VitalsCard.tsx'));

/** One patient: who they are, who is close to them, and their visits. */
export default function PatientPage() {
  const { t } = useWords();
  const { patientId = '' } = useParams();
  return (
    <Office title={t('patients.one')} for="anyStaff">
      <Patient patientId={patientId} />
    </Office>
  );
}

function Patient({ patientId }: { patientId: string }) {
  const { t } = useWords();
  const me = useMe();
  const navigate = useNavigate();
  const params = { patientId };
  const patient = useQuery({ queryKey: ['patient', patientId], queryFn: () => api('GET /api/patients/:patientId', { params }) });
  const care = me ? powersOf(me).care : [];
  const books = (view: PatientView): boolean => view.units.some(({ id }) => care.some(({ unitId }) => unitId === id));
  return (
    <Fetched of={patient}>
      {(view) => (
        <>
          {view.opened && <Notice>{t('opening.isOpen')}</Notice>}
          <Known patient={view} />
          {books(view) && (
            <div className={css.row}>
              <Button
                look="primary"
                icon={<CalendarPlus aria-hidden size={22} />}
                onClick={() => void navigate(`/book?patient=${view.id}`)}
              >
                {t('patients.book')}
              </Button>
              <Button onClick={() => void navigate(`/propose/${view.id}`)}>{t('poll.propose')}</Button>
            </div>
          )}
          <Relatives patient={view} />
          {books(view) && <ConsentCard patient={view} />}
          {care.length > 0 && (
            <Suspense>
              <ContinuityCard patientId={patientId} />
            </Suspense>
          )}
          {care.length > 0 && (
            <Suspense>
              <VitalsCard
                whose={{ patientId }}
                where={{ unitId: view.units.find(({ id }) => care.some(({ unitId }) => unitId === id))?.id ?? '' }}
                patient={{ name: view.name, birthYear: Number(view.birthDate.slice(0, 4)) }}
              />
            </Suspense>
          )}
          {books(view) && (
            <Suspense>
              <PatientPlans patient={view} unitId={view.units.find(({ id }) => care.some(({ unitId }) => unitId === id))?.id ?? ''} />
            </Suspense>
          )}
          {care.length > 0 && <Blocks patient={view} />}
          {care.length > 0 && <Visits patientId={patientId} />}
          {view.mayChange && <PatientLogin patient={view} />}
        </>
      )}
    </Fetched>
  );
}

function Known({ patient }: { patient: PatientView }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [editing, setEditing] = useState(false);
  const done = (now?: PatientView): void => {
    if (now) queries.setQueryData(['patient', patient.id], now);
    setEditing(false);
  };
  if (editing) return <PatientEdit patient={patient} onDone={done} />;
  const { phone, address, entrance, language, units, addressHidden } = patient;
  return (
    <Card title={patient.name} id="patient">
      <PatientIdentity patient={patient} />
      <Facts
        facts={[
          [t('patients.phone'), phone],
          [t('reach.email'), patient.email],
          [t('reach.channel'), t(`reach.${patient.channel}`)],
          [t('book.address'), addressHidden ? t('book.addressProtected') : address],
          [t('book.entrance'), entrance],
          [t('book.language'), languageNames[language]],
          [t('patients.units'), units.map(({ name }) => name).join(', ')],
        ]}
      />
      {[patient.email, patient.phone]
        .filter((one) => one !== null && patient.bounced.includes(one))
        .map((address) => (
          <Notice key={address} look="problem">
            {t('reach.bounced', { address: address ?? '' })}
          </Notice>
        ))}
      {patient.mayChange && (
        <div>
          <Button onClick={() => setEditing(true)}>{t('edit.change')}</Button>
        </div>
      )}
    </Card>
  );
}

function Visits({ patientId }: { patientId: string }) {
  const { t, language } = useWords();
  const visits = useQuery({
    queryKey: ['patient visits', patientId],
    queryFn: () => api('GET /api/patients/:patientId/visits', { params: { patientId } }),
  });
  return (
    <Card title={t('patients.visits')} id="visits">
      <Fetched of={visits}>
        {(list) =>
          list.length === 0 ? (
            <p>{t('patients.noVisits')}</p>
          ) : (
            <ul className={css.list}>
              {list.map(({ id, startsAt, state, unitName }) => (
                <li key={id}>
                  <div className={css.grow}>
                    <p>
                      <Link to={`/visits/${id}/record`}>
                        {state === 'requested' || state === 'triaged'
                          ? t('own.untimed')
                          : `${dayOf(startsAt, language)} ${t('today.at', { time: bothClocks(startsAt, language).care })}`}
                      </Link>
                    </p>
                    <p className={css.soft}>{unitName}</p>
                  </div>
                  <span className={css.badge}>{t(`state.${state}`)}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Fetched>
    </Card>
  );
}
