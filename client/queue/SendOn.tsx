import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../app/api.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Select } from '../ui/Choices.tsx';
import { DialogFrame } from '../ui/DialogFrame.tsx';
import { Field } from '../ui/Field.tsx';

type Props = { name: string; unitId: string; onClose: () => void; onSend: (body: { unitId: string; reason: string }) => void };

/** To which other unit somebody is sent on, and why. */
export function SendOn({ name, unitId, onClose, onSend }: Props) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const [chosen, setChosen] = useState('');
  const [pressed, setPressed] = useState(false);
  const found = useQuery({
    queryKey: ['queue units', unitId],
    queryFn: () => api('GET /api/units/:unitId/siblings', { params: { unitId } }),
  });
  const units = found.data ?? [];
  const target = chosen || (units[0]?.id ?? '');
  const send = (): void => {
    setPressed(true);
    if (reason.trim() && target) onSend({ unitId: target, reason });
  };
  const button = (
    <Button look="primary" disabled={units.length === 0} onClick={send}>
      {t('queue.sendOn')}
    </Button>
  );
  return (
    <DialogFrame title={t('queue.sendOnName', { name })} onClose={onClose} buttons={button}>
      {found.data && units.length === 0 ? (
        <p>{t('queue.noOther')}</p>
      ) : (
        <Select
          label={t('queue.where')}
          value={target}
          onChange={setChosen}
          options={units.map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      <Field
        name="reason"
        label={t('record.reason')}
        value={reason}
        onChange={setReason}
        maxLength={300}
        error={pressed && !reason.trim() ? t('field.reason') : undefined}
      />
    </DialogFrame>
  );
}
