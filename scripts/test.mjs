import { ensureInstalled, runUnderNode24 } from './install.mjs';

runUnderNode24(ensureInstalled(), 'testing/main.ts', process.argv.slice(2));
