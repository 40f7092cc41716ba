/** Notices whether somebody is there, tells the server, and asks it whether the session has locked when nobody is. */
import { useEffect } from 'react';
import type { Me } from '../../contract/identity.ts';
import { api } from './api.ts';
import { askAgain } from './me.ts';

const tellEveryMs = 60_000;

export function useIdle(me: Me | null | undefined): void {
  const watched = me && me.onlyVisitId === null && me.locked === null ? me.idleMinutes : null;
  useEffect(() => {
    if (watched === null) return;
    let told = Date.now();
    let timer: ReturnType<typeof setTimeout>;
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void askAgain().then(wait), watched * 60_000 + 1_000);
    };
    const touched = (): void => {
      wait();
      if (Date.now() - told < tellEveryMs) return;
      told = Date.now();
      void api('POST /api/session/touch').catch(() => undefined); // without contact nothing is opened anyway
    };
    wait();
    const events = ['pointerdown', 'keydown', 'wheel'] as const;
    for (const event of events) addEventListener(event, touched, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const event of events) removeEventListener(event, touched);
    };
  }, [watched]);
}
