import type { Surface } from '../../contract/examination.ts';
import { sendPicture } from '../app/api.ts';
import { newId } from '../media/newId.ts';
import { frameOf } from './takeStill.ts';

/** Puts what this moving picture shows just now before everybody in the visit. @throws {ApiError} */
export async function freeze(visitId: string, { participantId, source }: Surface, video: HTMLVideoElement): Promise<void> {
  const query = new URLSearchParams({ id: newId(), participantId, source });
  await sendPicture(`/api/visits/${visitId}/frozen?${query}`, await frameOf(video));
}
