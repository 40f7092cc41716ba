import { Video } from 'lucide-react';
import { useNavigate } from 'react-router';
import type { IssuedCode } from '../../contract/codes.ts';
import type { PatientView } from '../../contract/patients.ts';
import { bothClocks, dayOf } from '../app/times.ts';
import { useWords } from '../app/words.ts';
import { Code } from '../office/Codes.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';

type Props = { visitId: string; codes: IssuedCode[]; preliminary: boolean; times: string[]; patient: PatientView; carePlan: string | null };

const soonMs = 30 * 60_000;

/** It is booked; the links and codes are there to be handed over, this once. */
export function Booked({ visitId, codes, preliminary, times, patient, carePlan }: Props) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const soon = times.some((at) => Date.parse(at) - Date.now() < soonMs);
  return (
    <>
      <Notice>{t(preliminary ? 'book.donePreliminary' : 'book.done', { name: patient.name })}</Notice>
      <ul>
        {times.map((at) => (
          <li key={at}>
            <strong>
              {dayOf(at, language)} {t('today.at', { time: bothClocks(at, language).care })}
            </strong>
          </li>
        ))}
      </ul>
      {codes.length > 0 && (
        <Card title={t('book.codes')} id="codes">
          <p>{t('book.codesLead')}</p>
          {codes.map((issued) => (
            <Code key={issued.participantId} issued={issued} />
          ))}
        </Card>
      )}
      <div className={css.row}>
        {soon && !preliminary && (
          <Button look="primary" icon={<Video aria-hidden size={22} />} onClick={() => void navigate(`/visits/${visitId}`)}>
            {t('today.start')}
          </Button>
        )}
        <Button look={soon && !preliminary ? 'plain' : 'primary'} onClick={() => void navigate(`/visits/${visitId}/record`)}>
          {t(preliminary ? 'interpreter.confirm' : 'book.show')}
        </Button>
        {carePlan && <Button onClick={() => void navigate(`/care-plans/${carePlan}`)}>{t('book.toPlan')}</Button>}
        <Button onClick={() => void navigate('/today')}>{t('end.toToday')}</Button>
      </div>
    </>
  );
}
