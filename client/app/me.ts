import { useSyncExternalStore } from 'react';
import { useNavigate } from 'react-router';
import type { Me } from '../../contract/identity.ts';
import { api, whenShutOut } from './api.ts';
import { hearOtherPages, tellOtherPages } from './otherPages.ts';
import { Store } from './Store.ts';

const me = new Store<Me | null | undefined>(undefined);
const takeovers = new Store(0);
const retryMs = 2_000;
const askMs = 6_000;
let asked = false;
let presumed = false; // nobody but this device has said so

/** Asks who is logged in, once a page load, until there is an answer. */
function ask(): void {
  asked = true;
  api('GET /api/me', {}, askMs).then(
    (found) => {
      if (me.get() !== undefined && !presumed) return;
      presumed = false;
      setMe(found);
    },
    () => {
      setTimeout(ask, retryMs);
      if (me.get() === undefined) void presume();
    },
  );
}

/** The page was opened without a line: whoever was logged in here a moment ago goes on with what was kept. */
async function presume(): Promise<void> {
  const { lastMe } = await import('../offline/kept.ts');
  const last = await lastMe();
  if (!last || me.get() !== undefined) return;
  presumed = true;
  setMe(last);
}

/** Who is logged in: null if nobody, undefined while asking. */
export function useMe(): Me | null | undefined {
  if (!asked) ask();
  return useSyncExternalStore(me.subscribe, me.get);
}

/** Asks anew: the session may have locked, or ended. Without contact what was known stays. */
export const askAgain = (): Promise<void> => api('GET /api/me').then(setMe, () => undefined);

hearOtherPages(() => void askAgain());

whenShutOut((how) => {
  const now = me.get();
  if (how === 'locked' && now && now.locked === null) me.set({ ...now, locked: 'idle' });
  void askAgain();
});

/** Tells every screen, also of the browser's other pages, that somebody else is logged in now. */
export function setMe(now: Me | null): void {
  asked = true;
  const before = me.get();
  if (before && now && before.userId !== now.userId) takeovers.set(takeovers.get() + 1);
  if (before !== undefined && before?.userId !== now?.userId) tellOtherPages('changed');
  me.set(now);
}

/** How often one user has followed upon another since the page was loaded: nothing of the former is shown to the next. */
export const useTakeovers = (): number => useSyncExternalStore(takeovers.subscribe, takeovers.get);

const caring = ['remotePhysician', 'physician', 'nurse', 'assistantNurse', 'careCoordinator', 'unitHead'];

/** What is drawn for somebody; the server judges by itself. */
export function powersOf({ kind, assignments, operator, onlyVisitId }: Me) {
  const care = assignments.filter(({ role }) => caring.includes(role));
  return {
    care, // the assignments by which they see patients and visits
    takesPart: kind === 'staff' && (care.length > 0 || assignments.some(({ role }) => role === 'needsAssessor')),
    installs: operator,
    registers: assignments.some(({ role }) => role === 'administrator'),
    reviews: assignments.some(({ role }) => role === 'unitHead'),
    administers: operator || assignments.some(({ role }) => role === 'administrator'),
    doubles: care.filter(({ role }) => role !== 'assistantNurse'), // the assignments by which they may book somebody who is taken
    ownPage: kind === 'patient' && onlyVisitId === null,
  };
}

/** An assignment is to be chosen before anything else: of several, or with the country that one works from. */
export const mustChoose = ({ assignments, choices }: Me): boolean => assignments.length === 0 && choices.length > 0;

/** Before anything opens, one-time codes are to be set up. */
export const mustEnrol = ({ level, levelWanted, local, hasTotp }: Me): boolean => level < levelWanted && local && !hasTotp;

/** Where somebody begins. */
export function homeOf(me: Me): string {
  if (mustEnrol(me)) return '/my-login';
  if (mustChoose(me)) return '/assignment';
  const { ownPage, takesPart, administers } = powersOf(me);
  if (ownPage) return '/my-visits';
  if (me.onlyVisitId) return `/visits/${me.onlyVisitId}`;
  return takesPart || !administers ? '/today' : '/units';
}

/** What this device keeps for whoever is logged in, and how it lets go of it. */
type Keeping = { mayForget: () => boolean | Promise<boolean>; forget: (userId: string) => Promise<void> };
let keeping: Keeping | null = null;
export function whenLoggingOut(how: Keeping): void {
  keeping = how;
}

export function useLogOut(): () => Promise<void> {
  const navigate = useNavigate();
  return async () => {
    const userId = me.get()?.userId;
    if (keeping && !(await keeping.mayForget())) return;
    if (userId) void keeping?.forget(userId);
    void api('POST /api/logout')
      .catch(() => ({ url: null })) // without contact the session ends by its own time; this page forgets it now
      .then(({ url }) => {
        setMe(null);
        if (url)
          location.assign(url); // and there too
        else return navigate('/');
      });
  };
}
