import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useState } from 'react';
import type { PatientListed } from '../../contract/patients.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Fetched } from '../office/Office.tsx';
import css from '../ui/Card.module.css';
import { Field } from '../ui/Field.tsx';
import { PatientIdentity } from './PatientIdentity.tsx';

type Props = { unitId?: string | undefined; children: (patient: PatientListed) => ReactNode };

/** Patients of one's units by name or number; `children` draws what can be done with each. */
export function PatientSearch({ unitId, children }: Props) {
  const { t } = useWords();
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim());
  const found = useQuery({
    queryKey: ['patients', unitId, wanted],
    queryFn: () => api('POST /api/patients/search', { body: { search: wanted, ...(unitId ? { unitId } : {}) } }),
  });
  return (
    <>
      <Field
        name="search"
        type="search"
        label={t('patients.search')}
        hint={t('patients.searchHint')}
        value={search}
        onChange={setSearch}
        autoComplete="off"
      />
      <Fetched of={found}>
        {(patients) =>
          patients.length === 0 ? (
            <p role="status">{t('patients.none')}</p>
          ) : (
            <ul className={css.list} aria-label={t('patients.found')}>
              {patients.map((patient) => (
                <li key={patient.id}>
                  <div className={css.grow}>
                    <PatientIdentity patient={patient} />
                  </div>
                  {children(patient)}
                </li>
              ))}
            </ul>
          )
        }
      </Fetched>
    </>
  );
}
