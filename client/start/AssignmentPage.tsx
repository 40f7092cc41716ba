import { BriefcaseMedical } from 'lucide-react';
import { useState } from 'react';
import { Navigate, useLocation, useNavigate } from 'react-router';
import type { Me } from '../../contract/identity.ts';
import type { WireErrorCode } from '../../contract/wire.ts';
import { api, codeOf } from '../app/api.ts';
import { homeOf, mustChoose, setMe, useMe } from '../app/me.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import css from './AssignmentPage.module.css';

/** One person, several assignments: one is active at a time. */
export default function AssignmentPage() {
  const me = useMe();
  if (me === undefined) return <Loading />;
  if (!me || me.choices.length < 2) return <Navigate to={me ? homeOf(me) : '/'} replace />;
  return <Choose me={me} />;
}

function Choose({ me }: { me: Me }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const { state } = useLocation() as { state: { to?: string } | null };
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<WireErrorCode | 'offline' | null>(null);
  const active = me.assignments[0]?.id;
  const choose = async (assignmentId: string): Promise<void> => {
    setBusy(true);
    try {
      const now = await api('POST /api/assignment', { body: { assignmentId } });
      setMe(now);
      await navigate(state?.to ?? homeOf(now), { replace: true });
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  };
  return (
    <Page title={t('assignment.title')} narrow>
      <p>{t('assignment.lead')}</p>
      {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
      <ul className={css.choices}>
        {me.choices.map(({ id, role, unitName }) => (
          <li key={id}>
            <Button
              look={id === active ? 'primary' : 'plain'}
              wide
              disabled={busy}
              icon={<BriefcaseMedical aria-hidden size={22} />}
              onClick={() => void choose(id)}
            >
              {t(`role.${role}`)}, {unitName}
              {id === active && ` · ${t('assignment.now')}`}
            </Button>
          </li>
        ))}
      </ul>
      {!mustChoose(me) && <p>{t('assignment.running')}</p>}
    </Page>
  );
}
