import { writeFileSync } from 'node:fs';
import { permissionPage } from './table.ts';

writeFileSync(new URL('../../docs/permissions.md', import.meta.url), permissionPage());
