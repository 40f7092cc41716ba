import { useEffect } from 'react';
import type { Me } from '../../contract/identity.ts';

/** The first pictures come before what is kept for a bad line, ms. */
const afterMs = 1_500;

/** For staff: what they make without a line is kept and sent. */
export function useOffline(me: Me | null | undefined): void {
  useEffect(() => {
    if (me === undefined || (me && me.kind !== 'staff')) return;
    const start = (): void => void import('./start.ts').then(({ startOffline }) => startOffline(me));
    const timer = setTimeout(start, me ? afterMs : 0);
    return () => clearTimeout(timer);
  }, [me]);
}
