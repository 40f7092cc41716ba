import { Flashlight, FlashlightOff, SwitchCamera } from 'lucide-react';
import type { CameraWish, DeviceState } from '../../contract/examination.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from './Examining.module.css';

export type Wish = Omit<CameraWish, 'participantId'>;
type Props = { devices: DeviceState; onWish: (wish: Wish) => void };

const spareOf = ({ cameras, cameraCount }: DeviceState): number => cameraCount - (cameras.examination ? 1 : 0);

/** Whether there is anything to set. */
export const offersTools = (devices: DeviceState): boolean =>
  (spareOf(devices) > 1 && devices.cameras.camera !== null) ||
  [devices.cameras.camera, devices.cameras.examination].some((camera) => camera && (camera.torch !== null || camera.zoom !== null));

/** Light, nearness and which camera, as far as they are to be had: the same for one's own and for one far away. */
export function CameraTools({ devices, onWish }: Props) {
  const { t } = useWords();
  const { cameras } = devices;
  return (
    <>
      {spareOf(devices) > 1 && cameras.camera && (
        <Button icon={<SwitchCamera aria-hidden size={22} />} onClick={() => onWish({ source: 'camera', turn: true })}>
          {t('examine.turn')}
        </Button>
      )}
      {(['camera', 'examination'] as const).map((source) => (
        <Abilities key={source} source={source} state={cameras[source]} onWish={onWish} />
      ))}
    </>
  );
}

type AbilitiesProps = { source: Wish['source']; state: DeviceState['cameras']['camera']; onWish: Props['onWish'] };

function Abilities({ source, state, onWish }: AbilitiesProps) {
  const { t } = useWords();
  if (!state) return null;
  const { torch, zoom } = state;
  const second = source === 'examination';
  return (
    <>
      {torch !== null && (
        <Button
          aria-pressed={torch}
          icon={torch ? <Flashlight aria-hidden size={22} /> : <FlashlightOff aria-hidden size={22} />}
          onClick={() => onWish({ source, torch: !torch })}
        >
          {t(second ? 'examine.torchSecond' : 'examine.torch')}
        </Button>
      )}
      {zoom && (
        <label className={css.zoom}>
          {t(second ? 'examine.zoomSecond' : 'examine.zoom')}
          <input
            type="range"
            min={zoom.least}
            max={zoom.most}
            step={zoom.step}
            value={zoom.now}
            onChange={({ target }) => onWish({ source, zoom: Number(target.value) })}
          />
        </label>
      )}
    </>
  );
}
