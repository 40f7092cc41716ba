import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Picture } from '../ui/Picture.tsx';
import { useLocal, useSession } from '../visit/useVisit.ts';
import { DeviceRow } from './DeviceRow.tsx';
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
