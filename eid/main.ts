/** The demo's e-ID as a program of its own. */
import { z } from 'zod';
import { portNumber, readEnvironment, secret } from '../contract/environment.ts';
import { begin, whenToldToStop } from '../contract/process.ts';
import { demoEidClient, demoProviderIds } from '../server/demo/eid.ts';
import { demoPatients } from '../server/demo/patients.ts';
import { demoNumber } from '../server/demo/seed.ts';
import { demoHsaId, demoStaff } from '../server/demo/staff.ts';
import { startEid } from './startEid.ts';

const schema = z.object({ EID_PORT: portNumber(3009), EID_ADDRESS: z.url(), EID_CLIENT_SECRET: secret });

await begin(async () => {
  const { EID_PORT, EID_ADDRESS, EID_CLIENT_SECRET } = readEnvironment(schema, process.env);
  const { stop } = await startEid({
    port: EID_PORT,
    address: EID_ADDRESS,
    clientId: demoEidClient,
    clientSecret: EID_CLIENT_SECRET,
    providerIds: demoProviderIds,
    offered: {
      staff: demoStaff.map(({ username }) => ({ id: demoHsaId(username), name: username })),
      resident: demoPatients(new Date())
        .filter(({ numberKind }) => numberKind !== 'reserve')
        .map((one) => ({ id: demoNumber(one), name: one.name })),
    },
  });
  process.send?.('ready');
  whenToldToStop(stop);
});
