import { Refusal } from '../../contract/refusal.ts';

/** Somebody else has changed it since the actor read it. They read it anew, and see both. */
export const overtaken = (): Refusal => new Refusal('conflict', 'Somebody else has changed this meanwhile.', 'basedOn');
