import { Video } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { CarePlan } from '../../contract/carePlans.ts';
import type { IssuedCode } from '../../contract/codes.ts';
import type { PartyView } from '../../contract/planParties.ts';
import { endedStates } from '../../contract/planSteps.ts';
import { api } from '../app/api.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Code } from '../office/Codes.tsx';
import { Button } from '../ui/Button.tsx';
import card from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { usePlanAct } from './usePlan.ts';

/** The visit in which the plan is made; who comes for a party without an account gets a link and a code. */
export function Meeting({ plan }: { plan: CarePlan }) {
  const { t, language } = useWords();
  const [codes, setCodes] = useState<IssuedCode[]>([]);
  const { meetingId, meetingAt, may, state, parties } = plan;
  if (!meetingId || !meetingAt) return null;
  if (may.sit) return <Sit plan={plan} at={meetingAt} />;
  if (!may.coordinate) return null;
  const coming = parties.filter(({ summons, relativeId }) => summons?.answer === 'accepted' && relativeId === null);
  const open = !endedStates.includes(state);
  return (
    <Card title={t('carePlan.meeting')} id="meeting">
      <p>
        <strong>
          {dayOf(meetingAt, language)} {t('today.at', { time: bothClocks(meetingAt, language).care })}
        </strong>
      </p>
      {open && coming.length > 0 && (
        <>
          <p>{t('carePlan.linkLead')}</p>
          <ul className={card.list}>
            {coming.map((party) => (
              <li key={party.id}>
                <Ask plan={plan} visitId={meetingId} party={party} onCode={(code) => setCodes((known) => [...known, code])} />
              </li>
            ))}
          </ul>
        </>
      )}
      {codes.map((issued) => (
        <Code key={issued.participantId} issued={issued} />
      ))}
    </Card>
  );
}

/** Who works with a party goes in from here: a seat is theirs, they have been summoned. */
function Sit({ plan, at }: { plan: CarePlan; at: string }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const { act, busy, problem } = usePlanAct(plan);
  const sit = (): void =>
    void act(async () => {
      const { visitId } = await api('POST /api/care-plans/:planId/meeting/seat', { params: { planId: plan.id } });
      void navigate(`/visits/${visitId}`);
    });
  return (
    <Card title={t('carePlan.meeting')} id="meeting">
      <p>
        <strong>
          {dayOf(at, language)} {t('today.at', { time: bothClocks(at, language).care })}
        </strong>
      </p>
      <p>{t('carePlan.seatLead')}</p>
      {problem && <Notice look="problem">{problem}</Notice>}
      <div>
        <Button look="primary" disabled={busy} icon={<Video aria-hidden size={22} />} onClick={sit}>
          {t('carePlan.toMeeting')}
        </Button>
      </div>
    </Card>
  );
}

type AskProps = { plan: CarePlan; visitId: string; party: PartyView; onCode: (code: IssuedCode) => void };

function Ask({ plan, visitId, party, onCode }: AskProps) {
  const { t } = useWords();
  const { act, busy, problem } = usePlanAct(plan);
  const [name, setName] = useState(party.summons?.who ?? '');
  const [missing, setMissing] = useState(false);
  const ask = async (): Promise<void> => {
    setMissing(!name.trim());
    if (!name.trim()) return;
    await act(async () => {
      const body = { kind: 'principal' as const, partyId: party.id, name };
      const { code } = await api('POST /api/visits/:visitId/people', { params: { visitId }, body });
      if (code) onCode(code);
    });
  };
  return (
    <>
      <div className={card.grow}>
        <p>
          <strong>{party.name}</strong>
        </p>
        <Field
          name={`comes-${party.id}`}
          label={t('carePlan.comesFor', { name: party.name })}
          value={name}
          onChange={setName}
          error={missing ? t('field.who') : undefined}
          maxLength={120}
        />
        {problem && <Notice look="problem">{problem}</Notice>}
      </div>
      <Button disabled={busy} aria-label={t('carePlan.linkFor', { name: party.name })} onClick={() => void ask()}>
        {t('carePlan.link')}
      </Button>
    </>
  );
}
