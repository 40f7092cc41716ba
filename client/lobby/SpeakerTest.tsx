import { Volume2 } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/words.ts';
import { playTestTones } from '../media/testTones.ts';
import { Button } from '../ui/Button.tsx';
import { useLocal, useSession } from '../visit/useVisit.ts';
import { SpeakerChoice } from './DeviceChoice.tsx';
import css from './LobbyPage.module.css';

/** Two tones through the speaker that the visit will use. */
export function SpeakerTest() {
  const { t } = useWords();
  const session = useSession();
  const { chosen } = useLocal(session);
  const [state, setState] = useState<'idle' | 'playing' | 'played'>('idle');
  const play = async (): Promise<void> => {
    setState('playing');
    await playTestTones(chosen.speaker);
    setState('played');
  };
  return (
    <>
      <SpeakerChoice local={session.local} />
      <Button icon={<Volume2 aria-hidden size={22} />} disabled={state === 'playing'} onClick={() => void play()}>
        {t(state === 'playing' ? 'lobby.testing' : 'lobby.testSpeaker')}
      </Button>
      <p className={css.hint} role="status">
        {state === 'played' && t('lobby.testQuestion')}
      </p>
    </>
  );
}
