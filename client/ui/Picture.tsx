import { type SyntheticEvent, useEffect, useRef } from 'react';

type Props = {
  track: MediaStreamTrack | undefined;
  label: string;
  className?: string | undefined;
  data?: Record<`data-${string}`, string>;
  onAspect?: (aspect: number) => void; // width by height, when it is known and when it changes
};

/** A moving picture, without sound. */
export function Picture({ track, label, className, data, onAspect }: Props) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = element.current;
    if (!video) return;
    video.srcObject = track ? new MediaStream([track]) : null;
    if (track) video.play().catch(() => undefined); // muted video plays; if it is taken away meanwhile that is no error
  }, [track]);
  const tellAspect = ({ currentTarget: { videoWidth, videoHeight } }: SyntheticEvent<HTMLVideoElement>): void => {
    if (videoHeight > 0) onAspect?.(videoWidth / videoHeight);
  };
  return <video ref={element} className={className} aria-label={label} autoPlay playsInline muted {...data} onResize={tellAspect} />;
}
