import { createHash } from 'node:crypto';

/** The same thing of the demo has the same id each time, so that laying it twice is laying it once. */
export function idOf(...name: string[]): string {
  const hex = createHash('sha256')
    .update(`samrum demo ${name.join(' ')}`)
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
