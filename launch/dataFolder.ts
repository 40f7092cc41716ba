import { join } from 'node:path';
import type { LaunchEnv } from './env.ts';
import { canEnter, openFolder, postgresAccount } from './postgresAccount.ts';

/** A clone in a folder that the database's user cannot enter keeps its data in one that it can. */
export async function whereDatabaseMayLie(launch: LaunchEnv): Promise<LaunchEnv> {
  if (launch.databaseUrl !== undefined || launch.dataDirChosen) return launch;
  const account = await postgresAccount();
  const reachable = await canEnter(account, join(launch.dataDir, '..'));
  return reachable ? launch : { ...launch, dataDir: openFolder() };
}
