import { ensureInstalled, runUnderNode24 } from './install.mjs';

runUnderNode24(ensureInstalled(), 'launch/main.ts', process.argv.slice(2));
