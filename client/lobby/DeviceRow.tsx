import { Camera, CameraOff, Mic, MicOff } from 'lucide-react';
import { useWords } from '../app/words.ts';
import type { Device } from '../media/capture.ts';
import { Button } from '../ui/Button.tsx';
import { useLocal, useSession } from '../visit/useVisit.ts';
import { DeviceChoice } from './DeviceChoice.tsx';
import css from './LobbyPage.module.css';

const icons = { camera: { on: Camera, off: CameraOff }, microphone: { on: Mic, off: MicOff } };

/** One device: which, and whether it is on. */
export function DeviceRow({ device }: { device: Device }) {
  const { t } = useWords();
  const session = useSession();
  const { tracks, wanted } = useLocal(session);
  if (!tracks[device]) return null;
  const on = wanted[device];
  const Icon = icons[device][on ? 'on' : 'off'];
  return (
    <div className={css.device}>
      <DeviceChoice local={session.local} device={device} />
      <Button
        icon={<Icon aria-hidden size={22} />}
        aria-label={`${t(`lobby.${device}`)}: ${t(on ? 'room.on' : 'room.off')}`}
        onClick={() => void session.own.turn(device, !on)}
      >
        {t(on ? 'lobby.turnOff' : 'lobby.turnOn')}
      </Button>
    </div>
  );
}
