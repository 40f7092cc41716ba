import { useEffect } from 'react';

/** While this is wanted the screen neither dims nor turns off by itself (Screen Wake Lock API, W3C), where the browser can. */
export function useAwake(wanted = true): void {
  useEffect(() => {
    if (!wanted) return;
    let lock: WakeLockSentinel | null = null;
    let gone = false;
    const ask = async (): Promise<void> => {
      if (document.visibilityState !== 'visible') return; // a page that is hidden loses it, and asks anew when it is seen
      lock = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null;
      if (gone) void lock?.release();
    };
    document.addEventListener('visibilitychange', ask);
    void ask();
    return () => {
      gone = true;
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, [wanted]);
}
