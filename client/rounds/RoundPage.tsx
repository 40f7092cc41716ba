import { ArrowRight, Lock, Play } from 'lucide-react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { IssuedCode } from '../../contract/codes.ts';
import type { Round } from '../../contract/rounds.ts';
import { api } from '../app/api.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Code } from '../office/Codes.tsx';
import { Fetched, Office } from '../office/Office.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card, Facts } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { savePdf } from '../ui/pdf.ts';
import { AddResident } from './AddResident.tsx';
import { Residents } from './Residents.tsx';
import { useRound, useRoundAct } from './useRound.ts';

/** One round: its list, what the home says of each, and the way into it. */
export default function RoundPage() {
  const { t } = useWords();
  const { roundId = '' } = useParams();
  return (
    <Office title={t('round.title')} for="anyStaff">
      <Found roundId={roundId} />
    </Office>
  );
}

function Found({ roundId }: { roundId: string }) {
  const round = useRound(roundId);
  return <Fetched of={round}>{(found) => <Parts round={found} />}</Fetched>;
}

function Parts({ round }: { round: Round }) {
  const { t } = useWords();
  const [codes, setCodes] = useState<IssuedCode[]>([]);
  const { state, may } = round;
  const open = state === 'draft' || state === 'list_open';
  return (
    <>
      <Head round={round} />
      <Residents round={round} />
      {open && may.prepare && <AddResident round={round} onCodes={(made) => setCodes((known) => [...known, ...made])} />}
      {codes.length > 0 && (
        <Card title={t('book.codes')} id="codes">
          <p>{t('book.codesLead')}</p>
          {codes.map((issued) => (
            <Code key={issued.participantId} issued={issued} />
          ))}
        </Card>
      )}
    </>
  );
}

async function showSummary(roundId: string): Promise<void> {
  const { pdf } = await api('POST /api/rounds/:roundId/summary', { params: { roundId } });
  savePdf(pdf, `rond-${roundId.slice(0, 8)}.pdf`);
}

/** Where and when, and the one next thing to do. */
function Head({ round }: { round: Round }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const { act, busy, problem, dialog } = useRoundAct(round);
  const { id, unit, startsAt, state, doctor, bedside, items, may } = round;
  const { care, here } = bothClocks(startsAt, language);
  const params = { roundId: id };
  const named = ({ name, place }: { name: string | null; place: string }): string => name ?? place;
  return (
    <Card title={`${dayOf(startsAt, language)} ${t('today.at', { time: care })}`} id="head">
      {here && <p>{t('today.yourTime', { time: here })}</p>}
      <p className={css.row}>
        <span className={css.badge}>{t(`round.state.${state}`)}</span> {unit.name}
      </p>
      <Facts
        facts={[
          [t('round.doctor'), named(doctor)],
          [t('round.bedside'), bedside.map(named).join(', ')],
          [t('round.residents'), items.length],
        ]}
      />
      {problem && <Notice look="problem">{problem}</Notice>}
      <div className={css.row}>
        {(state === 'draft' || state === 'list_open') && may.prepare && items.length > 0 && (
          <Button
            look="primary"
            disabled={busy}
            icon={<Lock aria-hidden size={22} />}
            onClick={() => void act(() => api('POST /api/rounds/:roundId/lock', { params }))}
          >
            {t('round.lock')}
          </Button>
        )}
        {(state === 'list_locked' || state === 'brief_ready') && may.prepare && (
          <Button
            look="primary"
            disabled={busy}
            icon={<Play aria-hidden size={22} />}
            onClick={() => void act(() => api('POST /api/rounds/:roundId/start', { params }))}
          >
            {t('round.start')}
          </Button>
        )}
        {state === 'running' && (
          <Button look="primary" icon={<ArrowRight aria-hidden size={22} />} onClick={() => void navigate(`/rounds/${id}/live`)}>
            {t('round.goIn')}
          </Button>
        )}
        {state === 'running' && may.lead && (
          <Button disabled={busy} onClick={() => void act(() => api('POST /api/rounds/:roundId/close', { params }))}>
            {t('round.close')}
          </Button>
        )}
        {items.some(({ decision }) => decision !== null) && (
          <Button disabled={busy} onClick={() => void act(() => showSummary(id))}>
            {t('round.summary')}
          </Button>
        )}
      </div>
      {dialog}
    </Card>
  );
}
