import { useSyncExternalStore } from 'react';
import { useWords } from '../app/words.ts';
import type { Device } from '../media/capture.ts';
import type { LocalMedia } from '../media/LocalMedia.ts';
import css from './LobbyPage.module.css';

const kinds = { camera: 'videoinput', microphone: 'audioinput', speaker: 'audiooutput' } as const;

/** Which of the cameras, or of the microphones. */
export function DeviceChoice({ local, device }: { local: LocalMedia; device: Device }) {
  const { tracks, chosen } = useSyncExternalStore(local.state.subscribe, local.state.get);
  const value = tracks[device]?.getSettings().deviceId ?? chosen[device] ?? '';
  return <Choice local={local} what={device} value={value} onChange={(deviceId) => void local.choose(device, deviceId)} />;
}

/** Which speaker; nothing where the browser lets one not choose. */
export function SpeakerChoice({ local }: { local: LocalMedia }) {
  const { devices, chosen } = useSyncExternalStore(local.state.subscribe, local.state.get);
  if (devices.filter(({ kind, deviceId }) => kind === kinds.speaker && deviceId !== '').length < 2) return null;
  return <Choice local={local} what="speaker" value={chosen.speaker ?? 'default'} onChange={(deviceId) => local.chooseSpeaker(deviceId)} />;
}

type ChoiceProps = { local: LocalMedia; what: keyof typeof kinds; value: string; onChange: (deviceId: string) => void };

function Choice({ local, what, value, onChange }: ChoiceProps) {
  const { t } = useWords();
  const { devices } = useSyncExternalStore(local.state.subscribe, local.state.get);
  const choices = devices.filter(({ kind, deviceId }) => kind === kinds[what] && deviceId !== '');
  return (
    <label className={css.choice}>
      {t(`lobby.${what}`)}
      <select className={css.select} value={value} onChange={({ target }) => onChange(target.value)}>
        {choices.map(({ deviceId, label }) => (
          <option key={deviceId} value={deviceId}>
            {label || t('lobby.default')}
          </option>
        ))}
      </select>
    </label>
  );
}
