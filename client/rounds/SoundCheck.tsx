import { Ear } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Readiness } from '../../contract/rounds.ts';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import css from '../ui/Card.module.css';

const recordMs = 3_000;

type State = 'idle' | 'recording' | 'playing' | 'asking' | 'failed';

/** Three seconds of the room are recorded and played back on this device; they are sent nowhere and kept nowhere. */
export function SoundCheck({ onHeard }: { onHeard: (heard: Readiness['soundHeard']) => void }) {
  const { t } = useWords();
  const [state, setState] = useState<State>('idle');
  const [heard, setHeard] = useState<boolean | null>(null);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);
  const begin = async (): Promise<void> => {
    setState('recording');
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const chunks: Blob[] = [];
      const recorder = new MediaRecorder(stream);
      stop.current = () => stream.getTracks().forEach((track) => track.stop());
      recorder.ondataavailable = ({ data }) => chunks.push(data);
      const ended = new Promise((resolve) => {
        recorder.onstop = resolve;
      });
      recorder.start();
      await new Promise((resolve) => setTimeout(resolve, recordMs));
      recorder.stop();
      await ended;
      stop.current();
      setState('playing');
      const url = URL.createObjectURL(new Blob(chunks, { type: recorder.mimeType }));
      const audio = new Audio(url);
      await audio.play();
      await new Promise((resolve) => {
        audio.onended = resolve;
        setTimeout(resolve, recordMs + 1_000); // a recording without a length may not say that it ended
      });
      URL.revokeObjectURL(url);
      setState('asking');
    } catch {
      stop.current();
      setState('failed');
    }
  };
  const answer = (yes: boolean): void => {
    setHeard(yes);
    onHeard(yes ? 'yes' : 'no');
    setState('idle');
  };
  return (
    <div>
      <p>
        <strong>{t('round.sound.title')}</strong>
      </p>
      <p className={css.soft} role="status">
        {state === 'idle'
          ? t(heard === null ? 'round.sound.lead' : heard ? 'round.sound.good' : 'round.sound.bad')
          : t(`round.sound.${state}`)}
      </p>
      <div className={css.row}>
        {state === 'asking' ? (
          <>
            <Button onClick={() => answer(true)}>{t('round.sound.yes')}</Button>
            <Button onClick={() => answer(false)}>{t('round.sound.no')}</Button>
          </>
        ) : (
          <Button disabled={state === 'recording' || state === 'playing'} icon={<Ear aria-hidden size={22} />} onClick={() => void begin()}>
            {t('round.sound.begin')}
          </Button>
        )}
      </div>
    </div>
  );
}
