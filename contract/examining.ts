/** What is looked at beside the patient, and where on the body. Free of zod, for the pages. */

/** What a doctor may ask to be shown. */
export const views = ['wound', 'skin', 'gait', 'pupils', 'breathing', 'mouth', 'medicines', 'other'] as const;
export type View = (typeof views)[number];

const middle = ['head', 'face', 'eyes', 'mouth', 'neck', 'chest', 'abdomen', 'groin', 'upperBack', 'lowerBack', 'sacrum'] as const;
const paired = ['ear', 'shoulder', 'upperArm', 'elbow', 'forearm', 'hand', 'hip', 'thigh', 'knee', 'lowerLeg', 'heel', 'foot'] as const;
/** The patient's own left and right. */
const sides = ['left', 'right'] as const;
type Paired = `${(typeof sides)[number]}_${(typeof paired)[number]}`;
export type Site = (typeof middle)[number] | Paired;

export const sites: readonly [Site, ...Site[]] = [
  ...middle,
  ...paired.flatMap((part) => sides.map((side): Paired => `${side}_${part}`)),
] as const;

/** What a still is kept for, and how long, days. */
export const keptDays = {
  record: 3_653, // a part of the record: ten years (2008:355 3 kap. 17 §)
  working: 30, // to compare with until the matter is decided
} as const;
export type StillKind = keyof typeof keptDays;

/** A picture larger than this is no picture of any camera here, pixels. */
export const mostPixels = 64_000_000;
/** And as it is sent, bytes. */
export const mostBytes = 25_000_000;

/** A point on a picture, thousandths of its width and height. */
export type Point = readonly [x: number, y: number];
export const pointsOfStroke = 400;
export const strokesAtOnce = 60;
