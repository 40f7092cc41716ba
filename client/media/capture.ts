/** Asking the browser for camera and microphone, and what it answers when it does not give them. */
export type Device = 'camera' | 'microphone';
export const ownDevices = ['camera', 'microphone'] as const satisfies readonly Device[];

/** `lost`: it was there and went; `silenced`: another program, a call or a lid keeps it from giving anything. */
export type DeviceProblem = 'insecure' | 'unsupported' | `${'denied' | 'missing' | 'busy' | 'lost' | 'silenced'}_${Device}`;

export type Chosen = Partial<Record<Device | 'speaker', string>>;

const kindOfDevice = { camera: 'video', microphone: 'audio' } as const;
const speech: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
/** What is made for speech takes heart and lung sounds for noise. */
const auscultation: MediaTrackConstraints = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
  channelCount: { ideal: 2 },
};
const picture: MediaTrackConstraints = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };

/** Why this browser cannot give any; null if it can. */
export function hindranceOfBrowser(): DeviceProblem | null {
  if (!window.isSecureContext) return 'insecure';
  return typeof RTCPeerConnection === 'undefined' || !navigator.mediaDevices ? 'unsupported' : null;
}

/**
 * The chosen devices; in place of one that is not there any more, whichever there is. A choice that is only a wish is not
 * heeded by every browser.
 *
 * @throws {DOMException} what `problemOf` puts into words.
 */
export async function capture(devices: readonly Device[], chosen: Chosen, rawSound: boolean): Promise<MediaStream> {
  const base = { camera: picture, microphone: rawSound ? auscultation : speech };
  const ask = (choose: boolean): Promise<MediaStream> => {
    const constraints = devices.map((device) => {
      const deviceId = choose ? chosen[device] : undefined;
      return [kindOfDevice[device], { ...base[device], ...(deviceId ? { deviceId: { exact: deviceId } } : {}) }];
    });
    return navigator.mediaDevices.getUserMedia(Object.fromEntries(constraints));
  };
  if (!devices.some((device) => chosen[device])) return ask(false);
  return ask(true).catch((error: DOMException) => {
    if (error.name === 'OverconstrainedError' || error.name === 'NotFoundError' || error.name === 'NotReadableError') return ask(false);
    throw error;
  });
}

/** A second camera beside the first: that one, or any other than the first. @throws {DOMException} */
export async function captureSecond(deviceId: string | undefined, firstId: string | undefined): Promise<MediaStreamTrack | undefined> {
  const others = (await navigator.mediaDevices.enumerateDevices()).filter(
    (device) => device.kind === 'videoinput' && device.deviceId !== '' && device.deviceId !== firstId,
  );
  const chosen = others.find((device) => device.deviceId === deviceId) ?? others[0];
  if (!chosen) throw new DOMException('there is no other camera', 'NotFoundError');
  const stream = await navigator.mediaDevices.getUserMedia({ video: { ...picture, deviceId: { exact: chosen.deviceId } } });
  return stream.getVideoTracks()[0];
}

export function trackOf(stream: MediaStream, device: Device): MediaStreamTrack | undefined {
  return (device === 'camera' ? stream.getVideoTracks() : stream.getAudioTracks())[0];
}

export function problemOf(error: unknown, device: Device): DeviceProblem {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return `denied_${device}`;
  if (name === 'NotReadableError' || name === 'AbortError') return `busy_${device}`;
  return `missing_${device}`;
}
