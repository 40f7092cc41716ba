import { useState } from 'react';
import type { CheckReport } from '../../contract/check.ts';
import { useWords } from '../app/words.ts';
import type { LocalMedia } from '../media/LocalMedia.ts';
import RunCheck from './RunCheck.tsx';
import { SpeakerQuestion } from './SpeakerQuestion.tsx';

/** The check of the line in the lobby, begun at once: the devices are beside it already. */
export default function LobbyCheck({ local, visitId }: { local: LocalMedia; visitId: string }) {
  const { t } = useWords();
  const [speaker, setSpeaker] = useState<CheckReport['speaker']>('notTried');
  return (
    <>
      <h2>{t('check.lineTitle')}</h2>
      <RunCheck local={local} reference={null} visitId={visitId} speaker={speaker} primary={false} atOnce />
      <SpeakerQuestion local={local} value={speaker} onChange={setSpeaker} />
    </>
  );
}
