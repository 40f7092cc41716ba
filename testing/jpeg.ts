import sharp from 'sharp';

/** A picture of noise, so that it is as large in bytes as one of a camera. @param exif - what a camera writes beside it. */
export async function jpegOf(width: number, height: number, exif = false): Promise<Uint8Array<ArrayBuffer>> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 };
  const picture = sharp({ create: { width, height, channels: 3, background: '#888', noise } }).jpeg({ quality: 80 });
  const written = { IFD0: { Copyright: 'Test Testsson' }, IFD3: { GPSLatitude: '64/1 0/1 0/1', GPSLatitudeRef: 'N' } };
  return new Uint8Array(await (exif ? picture.withExif(written) : picture).toBuffer());
}
