import { useEffect, useState, useSyncExternalStore } from 'react';
import { useParams } from 'react-router';
import type { CheckReport } from '../../contract/check.ts';
import { useWords } from '../app/words.ts';
import { DeviceChoice, SpeakerChoice } from '../lobby/DeviceChoice.tsx';
import { MicrophoneMeter } from '../lobby/MicrophoneMeter.tsx';
import { LocalMedia } from '../media/LocalMedia.ts';
import { useUnitPhone } from '../start/useUnitPhone.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Page } from '../ui/Page.tsx';
import { Picture } from '../ui/Picture.tsx';
import { UnitPhone } from '../visit/UnitPhone.tsx';
import css from './CheckPage.module.css';
import RunCheck from './RunCheck.tsx';
import { SpeakerQuestion } from './SpeakerQuestion.tsx';

/** Days ahead: does everything work on this device, where it will be used? Nobody has to log in. */
export default function CheckPage() {
  const { t } = useWords();
  const { reference = null } = useParams();
  const local = useLocalMedia();
  const unit = useUnitPhone(reference ?? '');
  return (
    <Page title={t('check.title')} narrow>
      <p>
        {t('check.lead')} {reference && t('check.leadKept')}
      </p>
      {local && <Checks local={local} reference={reference} />}
      {unit && <UnitPhone unit={unit} />}
    </Page>
  );
}

/** The devices of this page; let go of when it is left. */
function useLocalMedia(): LocalMedia | null {
  const [local, setLocal] = useState<LocalMedia | null>(null);
  useEffect(() => {
    const made = new LocalMedia();
    setLocal(made);
    void made.open();
    return () => made.close();
  }, []);
  return local;
}

function Checks({ local, reference }: { local: LocalMedia; reference: string | null }) {
  const { t } = useWords();
  const { tracks, problems, asking } = useSyncExternalStore(local.state.subscribe, local.state.get);
  const [speaker, setSpeaker] = useState<CheckReport['speaker']>('notTried');
  const distinct = [...new Set([problems.camera, problems.microphone])].filter((problem) => problem !== undefined);
  return (
    <>
      <Card title={t('check.devices')} id="devices">
        {tracks.camera && (
          <div className={css.picture}>
            <Picture track={tracks.camera} label={t('lobby.preview')} data={{ 'data-self': 'preview' }} />
          </div>
        )}
        {distinct.map((problem) => (
          <Notice key={problem} look="problem">
            {t(`device.${problem}`)}
          </Notice>
        ))}
        {distinct.length > 0 && (
          <Button disabled={asking} onClick={() => void local.open()}>
            {t('app.again')}
          </Button>
        )}
        {tracks.camera && <DeviceChoice local={local} device="camera" />}
        {tracks.microphone && <DeviceChoice local={local} device="microphone" />}
        {tracks.microphone && <MicrophoneMeter track={tracks.microphone} />}
        <SpeakerChoice local={local} />
        <SpeakerQuestion local={local} value={speaker} onChange={setSpeaker} />
      </Card>
      <Card title={t('check.lineTitle')} id="line">
        <p>{t('check.lineLead')}</p>
        <RunCheck local={local} reference={reference} visitId={null} speaker={speaker} primary />
      </Card>
    </>
  );
}
