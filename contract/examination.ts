/** What is shown, pointed at and set while a doctor looks through a camera beside the patient. */
import { z } from 'zod';
import { pointsOfStroke, sites, views } from './examining.ts';
import { id, prose } from './wire.ts';

export const site = z.enum(sites);

/** What the bedside is asked to show. */
const wish = z.object({
  id,
  view: z.enum(views),
  words: prose(200),
  picture: z.boolean(), // and to take a picture of it
  site: site.nullable(),
});
export const newAsk = wish.refine(({ view, words }) => view !== 'other' || words.length > 0, {
  path: ['words'],
  message: 'says what is to be shown',
});
export const asked = wish.extend({ byId: id, at: z.iso.datetime() });
export type Asked = z.infer<typeof asked>;

/** Whose picture is drawn on: a moving one, or the moment of it that is frozen. */
export const surface = z.object({ participantId: id, source: z.enum(['camera', 'examination']) });
export type Surface = z.infer<typeof surface>;

const thousandth = z.number().int().min(0).max(1_000);
const point = z.tuple([thousandth, thousandth]);
export const stroke = surface.extend({ id, points: z.array(point).min(1).max(pointsOfStroke) });
export type Stroke = z.infer<typeof stroke>;
export const pointer = surface.extend({ at: point.nullable() }); // null: points no more
export type Pointer = z.infer<typeof pointer>;

export const frozen = surface.extend({ id, byId: id, width: z.number().int(), height: z.number().int() });
export type Frozen = z.infer<typeof frozen>;

/** What a camera can do besides giving pictures; null: it cannot. */
export const cameraState = z.object({
  torch: z.boolean().nullable(), // whether it shines
  zoom: z.object({ least: z.number(), most: z.number(), step: z.number(), now: z.number() }).nullable(),
});
export type CameraState = z.infer<typeof cameraState>;

/** One person's devices as the others may know them. */
export const deviceState = z.object({
  cameras: z.object({ camera: cameraState.nullable(), examination: cameraState.nullable() }),
  cameraCount: z.number().int().min(0).max(32),
  bodySounds: z.boolean(), // the microphone gives heart and lung sounds
});
export type DeviceState = z.infer<typeof deviceState>;

/** Asked of a camera from the other side of the line. */
export const cameraWish = surface.extend({
  torch: z.boolean().exactOptional(),
  zoom: z.number().exactOptional(),
  /** Another of the cameras in place of the one that shows now. */
  turn: z.literal(true).exactOptional(),
});
export type CameraWish = z.infer<typeof cameraWish>;
