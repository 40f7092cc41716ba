/** How the demo's own e-ID is known to the server. */
import { createHash } from 'node:crypto';
import type { ProviderRow } from '../identity/oidc/providers.ts';

export const demoEidClient = 'samrum';
export const demoProviderIds = { staff: '5a11e1d0-0000-4000-a000-000000000001', resident: '5a11e1d0-0000-4000-a000-000000000002' };

/** The two programs share it without keeping it. */
export const demoEidSecret = (secret: string): string => createHash('sha256').update(`demo e-ID ${secret}`).digest('base64url');

export function demoProviders(secret: string, port: number): Omit<ProviderRow, 'version'>[] {
  const both = {
    clientId: demoEidClient,
    clientSecret: demoEidSecret(secret),
    scope: 'openid',
    levels: { 'urn:samrum:demo:loa2': 2, 'urn:samrum:demo:loa3': 3, 'urn:samrum:demo:loa4': 4 },
    enabled: true,
  };
  return [
    {
      ...both,
      id: demoProviderIds.staff,
      name: 'tjänstelegitimation (demo)',
      audience: 'staff',
      issuer: `http://localhost:${port}/staff`,
      claims: { person: 'employeeHsaId', assignment: 'commissionHsaId', level: 'acr' },
    },
    {
      ...both,
      id: demoProviderIds.resident,
      name: 'e-legitimation (demo)',
      audience: 'resident',
      issuer: `http://localhost:${port}/resident`,
      claims: { person: 'personalNumber', assignment: null, level: 'acr' },
    },
  ];
}
