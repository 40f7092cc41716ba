/** What comes as a picture is one, of a size that a camera gives, and carries nothing but what is to be seen. */
import sharp from 'sharp';
import { mostPixels } from '../../contract/examining.ts';
import { Refusal } from '../../contract/refusal.ts';

export type Picture = { bytes: Uint8Array<ArrayBuffer>; width: number; height: number };

const smallPx = 480;
/** As the eye sees no difference; a wound is looked at closely. */
const quality = 92;

const noPicture = (): Refusal => new Refusal('invalid', 'picture: is no JPEG that can be read', 'picture');

/**
 * Upright, and without what the camera wrote beside the picture: its owner, its place, its thumbnail.
 *
 * @throws {Refusal} `invalid` for what is no JPEG, or breaks off; `too_large` for one of more pixels than any camera here has.
 */
export async function cleaned(given: unknown): Promise<Picture> {
  if (!(given instanceof Uint8Array) || given.length === 0) throw noPicture();
  const { format, width, height } = await sharp(given, { limitInputPixels: false })
    .metadata()
    .catch(() => Promise.reject(noPicture()));
  if (format !== 'jpeg' || !width || !height) throw noPicture();
  if (width * height > mostPixels) throw new Refusal('too_large', 'picture: has more pixels than any camera here gives', 'picture');
  const { data, info } = await sharp(given, { limitInputPixels: mostPixels, failOn: 'error' })
    .rotate()
    .jpeg({ quality })
    .toBuffer({ resolveWithObject: true })
    .catch(() => Promise.reject(noPicture()));
  return { bytes: new Uint8Array(data), width: info.width, height: info.height };
}

/** To be looked for by. */
export async function small(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const inside = { width: smallPx, height: smallPx, fit: 'inside', withoutEnlargement: true } as const;
  return new Uint8Array(await sharp(bytes).resize(inside).jpeg({ quality: 80 }).toBuffer());
}
