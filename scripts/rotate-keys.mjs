import { ensureInstalled, runUnderNode24 } from './install.mjs';

runUnderNode24(ensureInstalled(), 'launch/rotateKeys.ts', process.argv.slice(2));
