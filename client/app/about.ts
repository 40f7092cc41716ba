import { useSyncExternalStore } from 'react';
import { api } from './api.ts';
import { Store } from './Store.ts';

const demo = new Store(false);
let asked = false;

/** Whether this installation is the demo, where everybody is invented. */
export function useDemo(): boolean {
  if (!asked) {
    asked = true;
    api('GET /api/about').then(
      (about) => demo.set(about.demo),
      () => undefined, // it is said again by every person in it
    );
  }
  return useSyncExternalStore(demo.subscribe, demo.get);
}
