import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';

const key = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'wants 32 bytes in base64url');
/** `current` encrypts; the others still open what they closed. `index` makes what is looked up by. */
const keyFile = z
  .object({ current: z.string(), keys: z.record(z.string().regex(/^[a-z0-9]{1,16}$/), key), index: key })
  .refine(({ current, keys }) => current in keys, { path: ['current'], message: 'is none of the keys' });
export type Keys = z.infer<typeof keyFile>;

const newKey = (): string => randomBytes(32).toString('base64url');
export const newKeys = (): Keys => ({ current: 'k1', keys: { k1: newKey() }, index: newKey() });

/** The same keys and a new one, which is current. */
export function withNewKey({ keys, index }: Keys): Keys {
  const last = Math.max(...Object.keys(keys).map((id) => Number(id.slice(1)) || 0));
  const current = `k${last + 1}`;
  return { current, keys: { ...keys, [current]: newKey() }, index };
}

const ivBytes = 12;
const tagBytes = 16;
/** A file that has changed is read again after so long at the latest, ms. */
const lookEveryMs = 1_000;

/**
 * Encrypts text of care and personal numbers with AES-256-GCM. What comes out is `v1.<key>.<iv, tag and text, base64url>`;
 * `context` (the column) is authenticated too, so that nothing can be moved from one to another.
 */
export class KeyRing {
  #keys: Keys;
  readonly #file: string | null;
  #readAt = 0;
  #changedMs = 0;

  private constructor(keys: Keys, file: string | null) {
    this.#keys = keys;
    this.#file = file;
  }

  /** @throws {ZodError} for what is no such keys. */
  static of(keys: unknown): KeyRing {
    return new KeyRing(keyFile.parse(keys), null);
  }

  /** Follows the file: who turns the keys writes it anew, and this reads it. */
  static fromFile(file: string): KeyRing {
    return new KeyRing(keyFile.parse(JSON.parse(readFileSync(file, 'utf8'))), file);
  }

  get keys(): Keys {
    this.#follow();
    return this.#keys;
  }

  /** What everything begins with that lies under the current key. */
  get prefix(): string {
    return `v1.${this.keys.current}.`;
  }

  /** Nothing is nothing: an empty text stays empty. */
  encrypt(text: string, context: string): string {
    if (text === '') return '';
    const { current } = this.keys;
    return `v1.${current}.${this.#close(Buffer.from(text), current, context).toString('base64url')}`;
  }

  /** What was written before there were keys comes out as it is. @throws if it was changed, or its key is missing. */
  decrypt(stored: string, context: string): string {
    const [, id, body] = /^v1\.([a-z0-9]{1,16})\.([A-Za-z0-9_-]+)$/.exec(stored) ?? [];
    if (id === undefined || body === undefined) return stored;
    return this.#open(Buffer.from(body, 'base64url'), id, context).toString('utf8');
  }

  /** The same for bytes: `v1.<key>.`, then iv, tag and body as they are. */
  encryptBytes(bytes: Uint8Array, context: string): Buffer {
    const { current } = this.keys;
    return Buffer.concat([Buffer.from(`v1.${current}.`), this.#close(bytes, current, context)]);
  }

  /** @throws if they were changed, were never encrypted, or their key is missing. */
  decryptBytes(stored: Uint8Array, context: string): Buffer {
    const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
    const [head, id] = /^v1\.([a-z0-9]{1,16})\./.exec(bytes.subarray(0, 20).toString('latin1')) ?? [];
    if (head === undefined || id === undefined) throw new Error('these bytes were not encrypted');
    return this.#open(bytes.subarray(head.length), id, context);
  }

  /** @returns iv, tag and body. */
  #close(plain: Uint8Array, id: string, context: string): Buffer {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#key(id), iv).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]);
  }

  #open(bytes: Buffer, id: string, context: string): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.#key(id), bytes.subarray(0, ivBytes)).setAAD(Buffer.from(context));
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
  }

  /** The same for the same text, and tells nothing of it without the key: what is looked up by. */
  index(text: string): string {
    return createHmac('sha256', Buffer.from(this.#keys.index, 'base64url')).update(text).digest('base64url');
  }

  #key(id: string): Buffer {
    if (!(id in this.#keys.keys)) this.#follow(true);
    const found = this.#keys.keys[id];
    if (!found) throw new Error(`the key ${id} is missing: what lies under it cannot be read`);
    return Buffer.from(found, 'base64url');
  }

  #follow(atOnce = false): void {
    if (this.#file === null || (!atOnce && performance.now() - this.#readAt < lookEveryMs)) return;
    this.#readAt = performance.now();
    const { mtimeMs } = statSync(this.#file);
    if (mtimeMs === this.#changedMs) return;
    this.#keys = keyFile.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    this.#changedMs = mtimeMs;
  }
}
