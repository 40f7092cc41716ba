import { Camera, CameraOff, Mic, MicOff } from 'lucide-react';
import { useWords } from '../app/words.ts';
import type { Device } from '../media/capture.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Picture } from '../ui/Picture.tsx';
import { useLocal, useSession } from '../visit/useVisit.ts';
import css from './LobbyPage.module.css';
import { MicrophoneMeter } from './MicrophoneMeter.tsx';
import { SpeakerTest } from './SpeakerTest.tsx';

/** Own picture, own sound, and the devices to choose from; in words what is in the way. */
export function DeviceCheck() {
  const { t } = useWords();
  const session = useSession();
  const { tracks, wanted, problems, asking } = useLocal(session);
  const distinct = [...new Set([problems.camera, problems.microphone])].filter((problem) => problem !== undefined);
  const shown = tracks.camera && wanted.camera;
  return (
    <section className={css.card} aria-label={t('lobby.lead')}>
      <div className={css.preview}>
        {shown ? (
          <Picture track={tracks.camera} label={t('lobby.preview')} data={{ 'data-self': 'preview' }} />
        ) : (
          <p>{t('lobby.cameraOff')}</p>
        )}
      </div>
      {distinct.map((problem) => (
        <Notice key={problem} look="problem">
          {t(`device.${problem}`)}
        </Notice>
      ))}
      {distinct.length > 0 && (
        <Button onClick={() => void session.local.open()} disabled={asking}>
          {t('app.again')}
        </Button>
      )}
      <DeviceRow device="camera" />
      <DeviceRow device="microphone" />
      {tracks.microphone && wanted.microphone && <MicrophoneMeter track={tracks.microphone} />}
      <SpeakerTest />
    </section>
  );
}

const icons = { camera: { on: Camera, off: CameraOff }, microphone: { on: Mic, off: MicOff } };

function DeviceRow({ device }: { device: Device }) {
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
