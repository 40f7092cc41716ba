import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { MeasureDialog } from './MeasureDialog.tsx';
import { MeasuredView } from './MeasuredView.tsx';
import { useMeasured, type Whose } from './useMeasured.ts';
import type { Where } from './useMeasuring.ts';

const daysBack = 400;

type Props = { whose: Whose; patient: { name: string; birthYear: number }; where: Where };

/** Readings on a page of their own: a visit's record, or the patient. */
export default function VitalsCard({ whose, patient, where }: Props) {
  const { t } = useWords();
  const { measured, problem, reload } = useMeasured(whose, daysBack);
  const [measuring, setMeasuring] = useState(false);
  return (
    <Card title={t('vitals.title')} id="vitals">
      {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
      {!measured && !problem && <p role="status">{t('app.loading')}</p>}
      {measured?.may.record && (
        <div>
          <Button icon={<Plus aria-hidden size={22} />} onClick={() => setMeasuring(true)}>
            {t('vitals.measure')}
          </Button>
        </div>
      )}
      {measured && <MeasuredView measured={measured} whose={whose} onChanged={reload} />}
      {measuring && measured && (
        <MeasureDialog
          measured={measured}
          patient={patient}
          where={where}
          onClose={(filed) => {
            setMeasuring(false);
            if (filed) reload();
          }}
        />
      )}
    </Card>
  );
}
