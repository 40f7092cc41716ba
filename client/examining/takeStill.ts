/** A picture in the full size of the camera: what the camera itself can give, not a frame of what is sent. */

/** In browsers that let a page take photographs; the standard library's types do not have it yet (mediacapture-image). */
type PhotoCapabilities = { imageWidth?: { max: number }; imageHeight?: { max: number } };
type ImageCapture = {
  getPhotoCapabilities(): Promise<PhotoCapabilities>;
  takePhoto(settings?: { imageWidth?: number; imageHeight?: number }): Promise<Blob>;
};
declare global {
  interface Window {
    ImageCapture?: new (track: MediaStreamTrack) => ImageCapture;
  }
}

/** Some cameras never answer, ms. */
const patienceMs = 6_000;
const quality = 0.95;

/** @returns a JPEG. @throws if the camera gives none. */
export async function takeStill(track: MediaStreamTrack): Promise<Blob> {
  const photo = await photograph(track).catch(() => null);
  return photo ? asJpeg(photo) : fromFrame(track);
}

async function photograph(track: MediaStreamTrack): Promise<Blob | null> {
  if (!window.ImageCapture) return null;
  const capture = new window.ImageCapture(track);
  const { imageWidth, imageHeight } = await inTime(capture.getPhotoCapabilities());
  const largest = { ...(imageWidth && { imageWidth: imageWidth.max }), ...(imageHeight && { imageHeight: imageHeight.max }) };
  return inTime(capture.takePhoto(largest));
}

/** The camera is asked for all that it has, for one frame. */
async function fromFrame(track: MediaStreamTrack): Promise<Blob> {
  const { width, height } = track.getCapabilities?.() ?? {};
  const before = track.getConstraints();
  if (width?.max && height?.max)
    await track.applyConstraints({ ...before, width: { ideal: width.max }, height: { ideal: height.max } }).catch(() => undefined);
  try {
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = new MediaStream([track]);
    await inTime(video.play());
    return await frameOf(video);
  } finally {
    await track.applyConstraints(before).catch(() => undefined);
  }
}

/** What a moving picture shows at this moment. @returns a JPEG in the size in which it has come. */
export function frameOf(video: HTMLVideoElement): Promise<Blob> {
  return drawn(video, video.videoWidth, video.videoHeight);
}

async function asJpeg(photo: Blob): Promise<Blob> {
  if (photo.type === 'image/jpeg') return photo;
  const bitmap = await createImageBitmap(photo);
  return drawn(bitmap, bitmap.width, bitmap.height);
}

async function drawn(what: CanvasImageSource, width: number, height: number): Promise<Blob> {
  if (!width || !height) throw new Error('there is no picture yet');
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  canvas.getContext('2d')?.drawImage(what, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  if (!blob) throw new Error('the picture could not be made');
  return blob;
}

function inTime<T>(answer: Promise<T>): Promise<T> {
  return Promise.race([
    answer,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error('the camera does not answer')), patienceMs)),
  ]);
}
