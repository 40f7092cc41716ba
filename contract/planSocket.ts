/** Writing a plan together: what goes over the socket while it is open. */
import { z } from 'zod';
import { longestText } from './planKinds.ts';
import { textField } from './planParts.ts';
import { id, nothing } from './wire.ts';

/** A change of a text as Yjs encodes it, in base64. Pasting all of a text at once is the largest. */
const change = z
  .base64()
  .min(1)
  .max(longestText * 8);

const ofText = z.object({ partId: id, field: textField });

export const planHandshake = z.object({ planId: id });

export const planRequests = {
  /** Everything that has been written in the parts that one is told of. */
  'plan:texts': { request: z.object({}), reply: z.array(ofText.extend({ whole: change })) },
  /** Answered when it is kept; the others have it before that. */
  'plan:write': { request: ofText.extend({ change }), reply: nothing },
  /** Where one writes just now; null: nowhere. */
  'plan:at': { request: z.object({ at: ofText.nullable() }), reply: nothing },
};

export const planEvents = {
  /** Something but the texts is not as it was: read it anew. */
  'plan:changed': nothing,
  'plan:written': ofText.extend({ change }),
  /** Who else writes where, of what one is told of. */
  'plan:writers': z.array(ofText.extend({ name: z.string() })),
};
