import { UserCheck, Video } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { VisitRecord } from '../../contract/record.ts';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';
import { Notice } from '../ui/Notice.tsx';
import { CloseDialog } from './CloseDialog.tsx';
import { useAct } from './useAct.ts';

/** What can be done with a visit that is not over: one clear next thing, and the others beside it. */
export function Steps({ record }: { record: VisitRecord }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const { act, busy, problem } = useAct(record.id);
  const [closing, setClosing] = useState(false);
  const { may, state } = record;
  const params = { visitId: record.id };
  const notBegun = state === 'booked' || state === 'checked_in' || state === 'waiting';
  if (!may.enter && !may.change) return null;
  return (
    <>
      <div className={css.row}>
        {may.enter && (
          <Button look="primary" icon={<Video aria-hidden size={22} />} onClick={() => void navigate(`/visits/${record.id}`)}>
            {t('today.start')}
          </Button>
        )}
        {state === 'booked' && (
          <Button
            look={may.enter ? 'plain' : 'primary'}
            icon={<UserCheck aria-hidden size={22} />}
            disabled={busy}
            onClick={() => void act(() => api('POST /api/visits/:visitId/check-in', { params }))}
          >
            {t('record.checkIn')}
          </Button>
        )}
        {may.change && notBegun && <Button onClick={() => setClosing(true)}>{t('record.close')}</Button>}
      </div>
      {problem && <Notice look="problem">{problem}</Notice>}
      {closing && (
        <CloseDialog
          inSeries={record.series !== null && record.series.nr < record.series.count}
          onCancel={() => setClosing(false)}
          onClose={(body) => {
            setClosing(false);
            void act(() => api('POST /api/visits/:visitId/close', { params, body }));
          }}
        />
      )}
    </>
  );
}
