import { Video } from 'lucide-react';
import { useNavigate } from 'react-router';
import type { IssuedCode } from '../../contract/booking.ts';
import type { PatientView } from '../../contract/patients.ts';
import { useWords } from '../app/words.ts';
import { Code } from '../office/Codes.tsx';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';

/** It is booked; the links and codes are there to be handed over, this once. */
export function Booked({ visitId, codes, patient }: { visitId: string; codes: IssuedCode[]; patient: PatientView }) {
  const { t } = useWords();
  const navigate = useNavigate();
  return (
    <>
      <Notice>{t('book.done', { name: patient.name })}</Notice>
      {codes.length > 0 && (
        <Card title={t('book.codes')} id="codes">
          <p>{t('book.codesLead')}</p>
          {codes.map((issued) => (
            <Code key={issued.participantId} issued={issued} />
          ))}
        </Card>
      )}
      <div className={css.row}>
        <Button look="primary" icon={<Video aria-hidden size={22} />} onClick={() => void navigate(`/visits/${visitId}`)}>
          {t('today.start')}
        </Button>
        <Button onClick={() => void navigate('/today')}>{t('end.toToday')}</Button>
        <Button onClick={() => void navigate(`/visits/${visitId}/record`)}>{t('book.show')}</Button>
      </div>
    </>
  );
}
