import { useKeys } from '../drizzle/encrypted.ts';
import { KeyRing } from '../drizzle/KeyRing.ts';

/** The keys of every database in the tests, so that they can lay people into one that a product of its own reads. */
export const testKeys = { current: 'k1', keys: { k1: 'T'.repeat(43) }, index: 'I'.repeat(43) };

useKeys(KeyRing.of(testKeys));
