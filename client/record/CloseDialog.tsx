import { useState } from 'react';
import type { VisitState } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Check, Radios } from '../ui/Choices.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { Field } from '../ui/Field.tsx';

type Unheld = Extract<VisitState, 'no_show' | 'cancelled' | 'tech_failed' | 'converted_to_physical'>;
const everyWay: Unheld[] = ['no_show', 'cancelled', 'tech_failed', 'converted_to_physical'];

type Closing = { as: Unheld; reason: string; following: boolean };
type Props = { ways?: Unheld[]; inSeries?: boolean; onCancel: () => void; onClose: (closing: Closing) => void };

/** Why a visit is not held. */
export function CloseDialog({ ways = everyWay, inSeries = false, onCancel, onClose }: Props) {
  const { t } = useWords();
  const [as, setAs] = useState<Unheld>(ways[0] ?? 'cancelled');
  const [reason, setReason] = useState('');
  const [following, setFollowing] = useState(false);
  const calledOff = as === 'cancelled' || as === 'converted_to_physical';
  const [missing, setMissing] = useState(false);
  return (
    <Confirm title={t('record.closeTitle')} text={t('record.closeText')} onClose={onCancel}>
      <Radios
        legend={t('record.closeAs')}
        value={as}
        onChange={setAs}
        options={ways.map((value) => ({ value, label: t(`state.${value}`) }))}
      />
      <Field
        name="reason"
        label={t('record.reason')}
        value={reason}
        onChange={setReason}
        maxLength={300}
        error={missing && !reason.trim() ? t('field.reason') : undefined}
      />
      {inSeries && calledOff && (
        <Check checked={following} onChange={setFollowing}>
          {t('series.closeFollowing')}
        </Check>
      )}
      <Button look="danger" onClick={() => (reason.trim() ? onClose({ as, reason, following: following && calledOff }) : setMissing(true))}>
        {t('record.closeDo')}
      </Button>
    </Confirm>
  );
}
