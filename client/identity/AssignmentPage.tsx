import { BriefcaseMedical } from 'lucide-react';
import { useState } from 'react';
import { Navigate, useLocation, useNavigate } from 'react-router';
import type { Me } from '../../contract/identity.ts';
import { api, codeOf } from '../app/api.ts';
import { homeOf, mustChoose, setMe, useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Select } from '../ui/Choices.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import css from './AssignmentPage.module.css';

/** One person, several assignments: one is active at a time. Who may work from abroad says from where. */
export default function AssignmentPage() {
  const me = useMe();
  if (me === undefined) return <Loading />;
  if (!me || me.choices.length === 0) return <Navigate to={me ? homeOf(me) : '/'} replace />;
  return <Choose me={me} />;
}

const elsewhere = 'XX';
const remembered = 'samrum.country';

function Choose({ me }: { me: Me }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const { state } = useLocation() as { state: { to?: string } | null };
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [country, setCountry] = useState(me.country ?? localStorage.getItem(remembered) ?? me.countries.at(-1) ?? 'SE');
  const active = me.assignments[0]?.id;
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const declares = me.choices.some((one) => one.declares);
  const choose = async (assignmentId: string, says: boolean): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const now = await api('POST /api/assignment', { body: { assignmentId, country: says ? country : null } });
      if (says) localStorage.setItem(remembered, country);
      setMe(now);
      await navigate(state?.to ?? homeOf(now), { replace: true });
    } catch (error) {
      const code = codeOf(error);
      setProblem(code === 'forbidden' && says ? t('assignment.barredCountry') : t(`error.${code}`));
      setBusy(false);
    }
  };
  return (
    <Page title={t(me.choices.length > 1 ? 'assignment.title' : 'assignment.countryTitle')} narrow>
      {me.choices.length > 1 && <p>{t('assignment.lead')}</p>}
      {declares && (
        <>
          <Select
            label={t('assignment.country')}
            value={country}
            onChange={setCountry}
            options={[
              ...me.countries.map((one) => ({ value: one, label: names.of(one) ?? one })),
              { value: elsewhere, label: t('assignment.elsewhere') },
            ]}
          />
          <p className={css.soft}>{t('assignment.countryWhy')}</p>
        </>
      )}
      {problem && <Notice look="problem">{problem}</Notice>}
      <ul className={css.choices}>
        {me.choices.map(({ id, role, unitName, barred, declares: says }) => (
          <li key={id}>
            <Button
              look={id === active || me.choices.length === 1 ? 'primary' : 'plain'}
              wide
              disabled={busy || barred === 'level' || barred === 'licence'}
              icon={<BriefcaseMedical aria-hidden size={22} />}
              onClick={() => void choose(id, says)}
            >
              {t(`role.${role}`)}, {unitName}
              {id === active && ` · ${t('assignment.now')}`}
            </Button>
            {barred && barred !== 'country' && <p className={css.soft}>{t(`assignment.barred.${barred}`)}</p>}
          </li>
        ))}
      </ul>
      {!mustChoose(me) && <p>{t('assignment.running')}</p>}
    </Page>
  );
}
