import { Volume2 } from 'lucide-react';
import type { CheckReport } from '../../contract/check.ts';
import { useWords } from '../app/words.ts';
import type { LocalMedia } from '../media/LocalMedia.ts';
import { playTestTones } from '../media/testTones.ts';
import { Button } from '../ui/Button.tsx';
import { Radios } from '../ui/Choices.tsx';

type Speaker = CheckReport['speaker'];

/** Two tones, and whether they were heard: only a person can tell. */
export function SpeakerQuestion({ local, value, onChange }: { local: LocalMedia; value: Speaker; onChange: (value: Speaker) => void }) {
  const { t } = useWords();
  return (
    <>
      <Button icon={<Volume2 aria-hidden size={22} />} onClick={() => void playTestTones(local.state.get().chosen.speaker)}>
        {t('lobby.testSpeaker')}
      </Button>
      <Radios
        legend={t('lobby.testQuestion')}
        value={value === 'notTried' ? null : value}
        onChange={onChange}
        options={(['heard', 'notHeard'] as const).map((heard) => ({ value: heard, label: t(`check.${heard}`) }))}
      />
    </>
  );
}
