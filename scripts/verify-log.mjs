import { ensureInstalled, runUnderNode24 } from './install.mjs';

runUnderNode24(ensureInstalled(), 'launch/verifyLog.ts', process.argv.slice(2));
