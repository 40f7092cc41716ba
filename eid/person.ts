/** Who can come with the demo's e-ID: whoever says so. It proves nothing, and every page of it says that. */
import { z } from 'zod';

export const tenants = ['staff', 'resident'] as const;
export type TenantName = (typeof tenants)[number];

/** What the demo's levels of assurance are called. */
export const levels = { 'urn:samrum:demo:loa2': 2, 'urn:samrum:demo:loa3': 3, 'urn:samrum:demo:loa4': 4 } as const;

export const person = z.object({
  id: z.string().trim().min(4).max(40), // HSA-id or personal number
  level: z.enum(Object.keys(levels) as [keyof typeof levels]),
  assignment: z.string().trim().max(40).default(''), // HSA-id of the commission
});
export type EidPerson = z.infer<typeof person>;

/** An account id carries what was chosen, since nothing is kept: base64url of JSON. */
export const accountOf = ({ id, assignment }: EidPerson): string => Buffer.from(JSON.stringify({ id, assignment })).toString('base64url');

export function readAccount(account: string): Pick<EidPerson, 'id' | 'assignment'> {
  return z.object({ id: z.string(), assignment: z.string() }).parse(JSON.parse(Buffer.from(account, 'base64url').toString()));
}
