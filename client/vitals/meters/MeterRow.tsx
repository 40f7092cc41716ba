import { Bluetooth, BluetoothConnected, Unplug } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import type { Reading } from './gatt.ts';
import css from './MeterRow.module.css';
import { type Meter, meters } from './Meters.ts';

type Props = { patient: { id: string; name: string }; onReading: (reading: Reading, meter: string) => void };

/** Reads from meters; one that was on somebody else is asked about by name before it counts. */
export function MeterRow({ patient, onReading }: Props) {
  const { t } = useWords();
  const { meters: known } = useSyncExternalStore(meters.view.subscribe, meters.view.get);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const taken = useRef(Math.max(0, ...known.map(({ reading }) => reading?.nr ?? 0))); // what was said before this was opened is no news
  useEffect(() => {
    for (const { reading, name, patientId } of known) {
      if (!reading || reading.nr <= taken.current || patientId !== patient.id) continue;
      taken.current = reading.nr;
      onReading(reading, name);
    }
  }, [known, patient.id, onReading]);
  if (!meters.possible) return null;
  const connect = async (): Promise<void> => {
    setBusy(true);
    setFailed(false);
    await meters.connect(patient.id).catch(() => setFailed(true));
    setBusy(false);
  };
  return (
    <div className={css.row}>
      {known.map((meter) => (
        <One key={meter.id} meter={meter} patient={patient} />
      ))}
      {failed && <Notice look="problem">{t('meter.failed')}</Notice>}
      <Button disabled={busy} icon={<Bluetooth aria-hidden size={22} />} onClick={() => void connect()}>
        {t(busy ? 'meter.connecting' : 'meter.connect')}
      </Button>
    </div>
  );
}

function One({ meter: { id, name, connected, patientId }, patient }: { meter: Meter; patient: Props['patient'] }) {
  const { t } = useWords();
  if (!connected) return <Notice look="problem">{t('meter.lost', { meter: name })}</Notice>;
  if (patientId !== patient.id)
    return (
      <Notice look="problem">
        <p>{t('meter.whose', { meter: name, name: patient.name })}</p>
        <div className={css.answers}>
          <Button onClick={() => meters.moveTo(id, patient.id)}>{t('meter.onThem', { name: patient.name })}</Button>
          <Button icon={<Unplug aria-hidden size={20} />} onClick={() => meters.disconnect(id)}>
            {t('meter.disconnect')}
          </Button>
        </div>
      </Notice>
    );
  return (
    <p className={css.connected} role="status">
      <BluetoothConnected aria-hidden size={22} /> {t('meter.connected', { meter: name, name: patient.name })}
    </p>
  );
}
