import { Plus, X } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import type { VitalKind } from '../../contract/vitals.ts';
import { useWords } from '../app/words.ts';
import { waitingRound } from '../offline/fileOrKeep.ts';
import { outbox } from '../offline/Outbox.ts';
import panel from '../room/PeoplePanel.module.css';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { MeasureDialog } from './MeasureDialog.tsx';
import { MeasuredView } from './MeasuredView.tsx';
import type { MeasuredState } from './useMeasured.ts';
import { useValueWithUnit } from './values.ts';

type Props = { snapshot: VisitSnapshot; state: MeasuredState; onClose: () => void };

/** Readings beside the pictures: what was measured last, and the way to measure. */
export default function VitalsPanel({ snapshot, state: { measured, problem, reload }, onClose }: Props) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const [measuring, setMeasuring] = useState(false);
  useEffect(() => heading.current?.focus(), []);
  return (
    <aside className={panel.panel} aria-label={t('vitals.title')}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {t('vitals.title')}
        </h2>
        <button type="button" className={panel.close} aria-label={t('app.close')} onClick={onClose}>
          <X aria-hidden size={26} />
        </button>
      </header>
      {problem && <Notice look="problem">{t(`error.${problem}`)}</Notice>}
      {!measured && !problem && <p role="status">{t('app.loading')}</p>}
      {measured?.may.record && (
        <Button look="primary" wide icon={<Plus aria-hidden size={22} />} onClick={() => setMeasuring(true)}>
          {t('vitals.measure')}
        </Button>
      )}
      <Waits visitId={snapshot.visitId} />
      {measured && <MeasuredView measured={measured} whose={{ visitId: snapshot.visitId }} onChanged={reload} narrow />}
      {measuring && measured && snapshot.patient && (
        <MeasureDialog
          measured={measured}
          patient={snapshot.patient}
          where={{ visitId: snapshot.visitId }}
          onClose={() => {
            setMeasuring(false);
            reload();
          }}
        />
      )}
    </aside>
  );
}

/** What was measured without a line: kept here, and not to be measured again. */
function Waits({ visitId }: { visitId: string }) {
  const { t } = useWords();
  const written = useValueWithUnit();
  useSyncExternalStore(outbox.view.subscribe, outbox.view.get);
  const waiting = waitingRound(visitId);
  if (!waiting) return null;
  const values = Object.entries(waiting.values) as [VitalKind, number][];
  return (
    <Notice>
      <p>{values.map(([kind, value]) => `${t(`vitals.short.${kind}`)} ${written(kind, value)}`).join(' · ')}</p>
      <p>{t('offline.valuesWait')}</p>
    </Notice>
  );
}
