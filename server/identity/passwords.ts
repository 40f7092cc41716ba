import { hash, verify } from '@node-rs/argon2';

/** OWASP's argon2id parameters: 19 MiB, two passes, one lane; argon2id is the library's default algorithm. */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashSecret = (secret: string): Promise<string> => hash(secret, options);

/** Some hash, so that an unknown name costs as much time as a wrong password. */
const nobody = hashSecret('nobody has this secret');

export async function secretMatches(storedHash: string | null | undefined, secret: string): Promise<boolean> {
  const matches = await verify(storedHash ?? (await nobody), secret);
  return matches && storedHash !== null && storedHash !== undefined;
}
