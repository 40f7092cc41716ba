import { useEffect, useRef, useState } from 'react';
import { useWords } from '../app/words.ts';
import { Button } from '../ui/Button.tsx';
import { useLocal, useSession, useView } from '../visit/useVisit.ts';
import css from './RoomPage.module.css';

/** Everyone's sound through the chosen speaker. If the browser holds it back, one press lets it play. */
export function Sounds() {
  const { t } = useWords();
  const session = useSession();
  const { remote } = useView(session);
  const { chosen } = useLocal(session);
  const [blocked, setBlocked] = useState(false);
  const sounds = [...remote].flatMap(([participantId, { microphone }]) => (microphone ? [{ participantId, track: microphone.track }] : []));
  return (
    <>
      {sounds.map(({ participantId, track }) => (
        <Sound
          key={participantId}
          participantId={participantId}
          track={track}
          speakerId={chosen.speaker}
          retry={!blocked}
          onBlocked={() => setBlocked(true)}
        />
      ))}
      {blocked && (
        <div className={`${css.banner} ${css.alarm}`} role="alert">
          <p>{t('room.noSound')}</p>
          <Button onClick={() => setBlocked(false)}>{t('room.enableSound')}</Button>
        </div>
      )}
    </>
  );
}

type SoundProps = { participantId: string; track: MediaStreamTrack; speakerId: string | undefined; retry: boolean; onBlocked: () => void };

function Sound({ participantId, track, speakerId, retry, onBlocked }: SoundProps) {
  const element = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const audio = element.current;
    if (!audio || !retry) return;
    audio.srcObject = new MediaStream([track]);
    audio.play().catch((error: DOMException) => error.name === 'NotAllowedError' && onBlocked());
  }, [track, retry, onBlocked]);
  useEffect(() => {
    if (speakerId) void element.current?.setSinkId?.(speakerId).catch(() => undefined); // gone meanwhile: the system's choice
  }, [speakerId]);
  // biome-ignore lint/a11y/useMediaCaption: live speech; captions are a feature of their own
  return <audio ref={element} data-participant={participantId} />;
}
