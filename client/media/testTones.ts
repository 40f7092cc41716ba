/** Plays two soft tones, about a second, through the given speaker. */
export async function playTestTones(speakerId: string | undefined): Promise<void> {
  const context = new AudioContext();
  if (speakerId && 'setSinkId' in context)
    await (context as AudioContext & { setSinkId(id: string): Promise<void> }).setSinkId(speakerId).catch(() => undefined);
  const toneAt = (hertz: number, startsAt: number): void => {
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    oscillator.frequency.value = hertz;
    gain.gain.setValueAtTime(0, startsAt);
    gain.gain.linearRampToValueAtTime(0.25, startsAt + 0.05);
    gain.gain.linearRampToValueAtTime(0, startsAt + 0.45);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(startsAt);
    oscillator.stop(startsAt + 0.5);
  };
  toneAt(523, context.currentTime + 0.05);
  toneAt(784, context.currentTime + 0.55);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  await context.close();
}
