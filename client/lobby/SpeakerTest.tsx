import { Volume2 } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/words.ts';
import { playTestTones } from '../media/testTones.ts';
import { Button } from '../ui/Button.tsx';
import { useLocal, useSession } from '../visit/useVisit.ts';
import css from './LobbyPage.module.css';

/** Two tones through the speaker that the visit will use. */
export function SpeakerTest() {
  const { t } = useWords();
  const session = useSession();
  const { devices, chosen } = useLocal(session);
  const [state, setState] = useState<'idle' | 'playing' | 'played'>('idle');
  const speakers = devices.filter(({ kind, deviceId }) => kind === 'audiooutput' && deviceId !== '');
  const play = async (): Promise<void> => {
    setState('playing');
    await playTestTones(chosen.speaker);
    setState('played');
  };
  return (
    <>
      {speakers.length > 1 && (
        <div className={css.device}>
          <label>
            {t('lobby.speaker')}
            <select
              className={css.select}
              value={chosen.speaker ?? 'default'}
              onChange={({ target }) => session.local.chooseSpeaker(target.value)}
            >
              {speakers.map(({ deviceId, label }) => (
                <option key={deviceId} value={deviceId}>
                  {label || t('lobby.default')}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
      <Button icon={<Volume2 aria-hidden size={22} />} disabled={state === 'playing'} onClick={() => void play()}>
        {t(state === 'playing' ? 'lobby.testing' : 'lobby.testSpeaker')}
      </Button>
      <p className={css.hint} role="status">
        {state === 'played' && t('lobby.testQuestion')}
      </p>
    </>
  );
}
