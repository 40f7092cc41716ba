import { Lock } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Confirm.tsx';

type Props = { unitName: string; label: string; name?: string; onSet: () => void };

/** Closes what a unit has written to other units, once it is said what that means. */
export function BlockButton({ unitName, label, name, onSet }: Props) {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button icon={<Lock aria-hidden size={20} />} aria-label={name} onClick={() => setAsking(true)}>
        {label}
      </Button>
      {asking && (
        <Confirm title={t('block.sureTitle', { unit: unitName })} text={t('block.sure')} onClose={() => setAsking(false)}>
          <Button
            look="primary"
            onClick={() => {
              setAsking(false);
              onSet();
            }}
          >
            {t('block.set')}
          </Button>
        </Confirm>
      )}
    </>
  );
}
