import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ShieldPlus } from 'lucide-react';
import { useState } from 'react';
import { NavLink } from 'react-router';
import type { ConsentView } from '../../contract/consent.ts';
import { api, codeOf } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { ConsentList } from '../consent/ConsentList.tsx';
import { Fetched, Office } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { OwnBlocks } from './OwnBlocks.tsx';

/** What the patient has said yes to, in plain sentences: to see, to give, to take back. */
export default function ConsentsPage() {
  const { t } = useWords();
  return (
    <Office title={t('consent.mine')} for="ownPage" narrow>
      <p>{t('consent.lead')}</p>
      <NavLink to="/my-visits">{t('own.title')}</NavLink>
      <Mine />
      <OwnBlocks />
    </Office>
  );
}

type Choices = { patientId: string; provider: string; relatives: { id: string; name: string }[] };

function Mine() {
  const { t } = useWords();
  const queries = useQueryClient();
  const found = useQuery({ queryKey: ['my consents'], queryFn: () => api('GET /api/my/consents') });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ReturnType<typeof codeOf> | null>(null);
  const act = (doing: Promise<unknown>): void => {
    setBusy(true);
    setProblem(null);
    doing
      .catch((error: unknown) => setProblem(codeOf(error)))
      .then(() => queries.invalidateQueries({ queryKey: ['my consents'] }))
      .finally(() => setBusy(false));
  };
  const give = (patientId: string, type: 'relativePresence' | 'relativeDisclosure', relativeId: string): void =>
    act(api('POST /api/my/consents', { body: { patientId, type, relativeId, organisationId: null } }));
  return (
    <Fetched of={found}>
      {({ consents, choices }) => (
        <>
          {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
          <Card title={t('consent.saidYes')} id="said-yes">
            <ConsentList
              consents={consents}
              busy={busy}
              onWithdraw={(consentId) => act(api('POST /api/consents/:consentId/withdraw', { params: { consentId } }))}
            />
          </Card>
          {choices.map((choice) => (
            <Open key={choice.patientId} choice={choice} consents={consents} busy={busy} onGive={give} />
          ))}
        </>
      )}
    </Fetched>
  );
}

type OpenProps = {
  choice: Choices;
  consents: ConsentView[];
  busy: boolean;
  onGive: (patientId: string, type: 'relativePresence' | 'relativeDisclosure', relativeId: string) => void;
};

/** What has not been said yes to: one press for each. */
function Open({ choice: { patientId, provider, relatives }, consents, busy, onGive }: OpenProps) {
  const { t } = useWords();
  const types = ['relativePresence', 'relativeDisclosure'] as const;
  const open = relatives.flatMap(({ id, name }) =>
    types
      .filter(
        (type) =>
          !consents.some(
            (one) =>
              one.endedAt === null &&
              one.onlyThisVisit === null &&
              one.type === type &&
              one.relativeName === name &&
              one.patientId === patientId,
          ),
      )
      .map((type) => ({ id, name, type })),
  );
  if (open.length === 0) return null;
  return (
    <Card title={t('consent.mayGive', { provider })} id={`give-${patientId}`}>
      <ul className={css.list}>
        {open.map(({ id, name, type }) => (
          <li key={`${type} ${id}`}>
            <p className={css.grow}>{t(`consentAsks.${type}`, { name })}</p>
            <Button
              disabled={busy}
              icon={<ShieldPlus aria-hidden size={20} />}
              aria-label={`${t(`consentAsks.${type}`, { name })} ${t('consent.sayYes')}`}
              onClick={() => onGive(patientId, type, id)}
            >
              {t('consent.sayYes')}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
