import { Camera, HeartPulse, Video, VideoOff } from 'lucide-react';
import { useState } from 'react';
import type { VisitSnapshot } from '../../contract/visits.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useGestures, useLocal, useSession } from '../visit/useVisit.ts';
import { CameraTools } from './CameraTools.tsx';
import css from './Examining.module.css';
import { TakeStill } from './TakeStill.tsx';

/** Beside the patient: take a picture, show with a second camera, listen. */
export function OwnTools({ snapshot }: { snapshot: VisitSnapshot }) {
  const { t } = useWords();
  const session = useSession();
  const { tracks, rawSound } = useLocal(session);
  const { devices } = useGestures(session);
  const [taking, setTaking] = useState(false);
  const [none, setNone] = useState(false);
  const second = tracks.examination !== undefined;
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
      <Button
        aria-pressed={second}
        icon={second ? <VideoOff aria-hidden size={22} /> : <Video aria-hidden size={22} />}
        onClick={() => void session.own.second(!second).then((done) => setNone(!second && !done))}
      >
        {t(second ? 'examine.secondOff' : 'examine.secondOn')}
      </Button>
      {none && <Notice look="problem">{t('examine.noSecond')}</Notice>}
      <CameraTools devices={own} onWish={(wish) => void session.cameras.set(wish)} />
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
