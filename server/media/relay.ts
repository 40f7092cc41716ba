import { createHmac } from 'node:crypto';
import type { IceServer } from '../../contract/media.ts';
import type { ServerEnv } from '../env.ts';

/** Longer than any visit; whoever joins anew gets new ones, s. */
const validForS = 4 * 60 * 60;

/**
 * The relay with credentials that end by themselves, as coturn's `use-auth-secret` reckons them (the TURN REST API
 * draft, draft-uberti-behave-turn-rest). Nothing if no relay is configured.
 */
export function relayFor({ TURN_URLS, TURN_SECRET }: ServerEnv, participantId: string, now: Date): IceServer[] {
  if (!TURN_URLS || !TURN_SECRET) return [];
  const username = `${Math.floor(now.getTime() / 1_000) + validForS}:${participantId}`;
  return [{ urls: TURN_URLS, username, credential: createHmac('sha1', TURN_SECRET).update(username).digest('base64') }];
}
