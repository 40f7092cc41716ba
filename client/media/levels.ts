/** How loud a track is. */
import { useEffect, useState } from 'react';

const everyMs = 100;
/** Root mean square of a voice at arm's length is well above this; a quiet room is below. */
const speechLevel = 0.02;
/** Of ten looks in a second so many are loud when somebody speaks: syllables come and go, a cough is one. */
const loudInASecond = 4;
const holdMs = 1_500;

/** Calls back ten times a second with the loudness, 0 to 1 (root mean square). Returns how to stop. */
function meter(track: MediaStreamTrack, onLevel: (rms: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    onLevel(Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length));
  }, everyMs);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

/** 0 to 100 on a scale that follows the ear. */
export function useLevel(track: MediaStreamTrack | undefined): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (!track) return setLevel(0);
    return meter(track, (rms) => setLevel(Math.round(Math.max(0, Math.min(1, 1 + Math.log10(rms + 1e-5) / 2.2)) * 100)));
  }, [track]);
  return level;
}

/** Whether somebody speaks into the track, also while it is muted for the others. */
export function useSpeaking(track: MediaStreamTrack | undefined, watch: boolean): boolean {
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => {
    setSpeaking(false);
    if (!track || !watch) return;
    let lastSecond: boolean[] = [];
    let spokeAt = Number.NEGATIVE_INFINITY;
    return meter(track, (rms) => {
      lastSecond = [...lastSecond.slice(1 - 1_000 / everyMs), rms > speechLevel];
      if (lastSecond.filter(Boolean).length >= loudInASecond) spokeAt = performance.now();
      setSpeaking(performance.now() - spokeAt < holdMs);
    });
  }, [track, watch]);
  return speaking;
}
