import { Camera, HeartPulse, Video, VideoOff, ZoomIn } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Select } from '../ui/Choices.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useGestures, useLocal, useSession } from '../visit/useVisit.ts';
import { CameraTools } from './CameraTools.tsx';
import css from './Examining.module.css';
import { TakeStill } from './TakeStill.tsx';

/** Beside the patient: take a picture, show with a second camera, listen. */
export function OwnTools({ snapshot }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const { tracks, rawSound, devices: cameras } = useLocal(session);
  const { devices } = useGestures(session);
  const [taking, setTaking] = useState(false);
  const [none, setNone] = useState(false);
  const second = tracks.examination !== undefined;
  const [chosen, setChosen] = useState('');
  const firstId = tracks.camera?.getSettings().deviceId;
  const others = cameras.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '' && deviceId !== firstId);
  const own = devices.get(snapshot.you.id) ?? session.cameras.devices;
  return (
    <section className={css.part} aria-labelledby="own-tools">
      <Button
        look="primary"
        wide
        disabled={!tracks.camera && !tracks.examination}
        icon={<Camera aria-hidden size={26} />}
        onClick={() => setTaking(true)}
      >
        {t('still.take')}
      </Button>
      <h3 id="own-tools">{t('examine.cameras')}</h3>
      {others.length > 1 && !second && (
        <Select
          label={t('examine.which')}
          value={chosen || (others[0]?.deviceId ?? '')}
          onChange={setChosen}
          options={others.map(({ deviceId, label }) => ({ value: deviceId, label: label || t('lobby.default') }))}
        />
      )}
      <Button
        aria-pressed={second}
        icon={second ? <VideoOff aria-hidden size={22} /> : <Video aria-hidden size={22} />}
        onClick={() => void session.own.second(!second, chosen || undefined).then((done) => setNone(!second && !done))}
      >
        {t(second ? 'examine.secondOff' : 'examine.secondOn')}
      </Button>
      {none && <Notice look="problem">{t('examine.noSecond')}</Notice>}
      <CameraTools devices={own} onWish={(wish) => void session.cameras.set(wish)} />
      <AllowZoom />
      {snapshot.you.companionOf === null && (
        <>
          <Button
            aria-pressed={rawSound}
            icon={<HeartPulse aria-hidden size={22} />}
            onClick={() => void session.own.bodySounds(!rawSound)}
          >
            {t('examine.bodySounds')}
          </Button>
          {rawSound && <p className={css.soft}>{t('examine.bodySoundsHint')}</p>}
        </>
      )}
      {taking && <TakeStill snapshot={snapshot} site={null} onClose={() => setTaking(false)} />}
    </section>
  );
}

/** Not in the standard library's types yet (mediacapture-image). */
type ZoomPermission = { name: PermissionName; panTiltZoom: boolean };

/** Nearing is a permission of its own in some browsers; where it is asked about, here is where. */
function AllowZoom() {
  const { t } = useWords();
  const session = useSession();
  const [asks, setAsks] = useState(false);
  const [cannot, setCannot] = useState(false);
  useEffect(() => {
    const zooming: ZoomPermission = { name: 'camera', panTiltZoom: true };
    navigator.permissions?.query(zooming).then(
      ({ state }) => setAsks(state === 'prompt'),
      () => undefined, // a browser that has no such permission
    );
  }, []);
  if (cannot) return <p className={css.soft}>{t('examine.noZoom')}</p>;
  if (!asks) return null;
  const ask = async (): Promise<void> => {
    const can = await session.local.allowZoom();
    setAsks(false);
    setCannot(!can);
  };
  return (
    <Button icon={<ZoomIn aria-hidden size={22} />} onClick={() => void ask()}>
      {t('examine.allowZoom')}
    </Button>
  );
}
