/** The demo's e-ID: two issuers, for staff and for residents. Never part of an installation with people's data. */
import { createServer } from 'node:http';
import express from 'express';
import type { Offered } from './pages.ts';
import { type TenantName, tenants } from './person.ts';
import { type Client, tenant } from './tenant.ts';

export type EidOptions = Client & { port: number; offered: Record<TenantName, Offered[]>; providerIds: Record<TenantName, string> };

/** The issuer of a tenant, as a provider is configured with it. */
export const issuerOf = (port: number, name: TenantName): string => `http://localhost:${port}/${name}`;

export async function startEid({ port, offered, providerIds, ...client }: EidOptions): Promise<{ stop: () => Promise<void> }> {
  const app = express();
  app.disable('x-powered-by');
  for (const name of tenants) app.use(`/${name}`, await tenant(name, issuerOf(port, name), client, offered[name], providerIds[name]));
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
