import { Camera, CameraOff, Mic, MicOff } from 'lucide-react';
import { useWords } from '../app/words.ts';
import type { Device } from '../media/capture.ts';
import { Button } from '../ui/Button.tsx';
import { useLocal, useSession } from '../visit/useVisit.ts';
import css from './LobbyPage.module.css';

const icons = { camera: { on: Camera, off: CameraOff }, microphone: { on: Mic, off: MicOff } };

/** One device: which, and whether it is on. */
export function DeviceRow({ device }: { device: Device }) {
  const { t } = useWords();
  const session = useSession();
  const { tracks, wanted, devices, chosen } = useLocal(session);
  const track = tracks[device];
  if (!track) return null;
  const choices = devices.filter(({ kind, deviceId }) => kind === (device === 'camera' ? 'videoinput' : 'audioinput') && deviceId !== '');
  const on = wanted[device];
  const Icon = icons[device][on ? 'on' : 'off'];
  return (
    <div className={css.device}>
      <label>
        {t(`lobby.${device}`)}
        <select
          className={css.select}
          value={track.getSettings().deviceId ?? chosen[device] ?? ''}
          onChange={({ target }) => void session.local.choose(device, target.value)}
        >
          {choices.map(({ deviceId, label }) => (
            <option key={deviceId} value={deviceId}>
              {label || t('lobby.default')}
            </option>
          ))}
        </select>
      </label>
      <Button
        icon={<Icon aria-hidden size={22} />}
        aria-pressed={on}
        aria-label={`${t(`lobby.${device}`)}: ${t(on ? 'room.on' : 'room.off')}`}
        onClick={() => void session.own.turn(device, !on)}
      >
        {t(on ? 'lobby.turnOff' : 'lobby.turnOn')}
      </Button>
    </div>
  );
}
