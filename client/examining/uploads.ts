/** Pictures on their way: said first, then brought; tried again until they are there or refused. Nothing of them stays here. */
import type { z } from 'zod';
import type { newStill } from '../../contract/stills.ts';
import { ApiError, api, codeOf, sendPicture } from '../app/api.ts';
import { Store } from '../app/Store.ts';

export type Announced = Omit<z.input<typeof newStill>, 'sentAt' | 'size'>;
export type Upload = {
  id: string;
  visitId: string;
  state: 'sending' | 'waits' | 'arrived' | 'refused';
  percent: number;
  problem: ReturnType<typeof codeOf> | 'noConsent' | null;
};

const againMs = 4_000;
const shownForMs = 6_000;
/** Worth another try, and no refusal. */
const passing = new Set<ReturnType<typeof codeOf>>(['offline', 'internal', 'rate_limited', 'unauthenticated', 'locked']);

export const uploads = new Store<{ list: Upload[] }>({ list: [] });

const patch = (id: string, part: Partial<Upload>): void =>
  uploads.patch({ list: uploads.get().list.map((one) => (one.id === id ? { ...one, ...part } : one)) });

/** Sends a picture, however long it takes. */
export function upload(visitId: string, still: Announced, picture: Blob): void {
  const { id } = still;
  uploads.patch({ list: [...uploads.get().list, { id, visitId, state: 'sending', percent: 0, problem: null }] });
  void attempt(visitId, still, picture);
}

async function attempt(visitId: string, still: Announced, picture: Blob): Promise<void> {
  const { id } = still;
  try {
    patch(id, { state: 'sending' });
    const body = { ...still, sentAt: new Date().toISOString(), size: picture.size };
    const { arrived } = await api('POST /api/visits/:visitId/stills', { params: { visitId }, body });
    if (!arrived) await sendPicture(`/api/stills/${id}/picture`, picture, (percent) => patch(id, { percent }));
    patch(id, { state: 'arrived', percent: 100 });
    setTimeout(() => uploads.patch({ list: uploads.get().list.filter((one) => one.id !== id) }), shownForMs);
  } catch (error) {
    if (passing.has(codeOf(error))) {
      patch(id, { state: 'waits' });
      return void setTimeout(() => void attempt(visitId, still, picture), againMs);
    }
    const problem = error instanceof ApiError && error.field === 'consent' ? 'noConsent' : codeOf(error);
    patch(id, { state: 'refused', problem });
  }
}
