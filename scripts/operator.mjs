import { ensureInstalled, runUnderNode24 } from './install.mjs';

runUnderNode24(ensureInstalled(), 'launch/operator.ts', process.argv.slice(2));
