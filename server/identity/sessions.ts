/** Sessions. The only file that knows lucia, so that another library could take its place. */
import { DrizzlePostgreSQLAdapter } from '@lucia-auth/adapter-drizzle';
import { and, asc, desc, eq, gt, isNull, lt, ne, sql } from 'drizzle-orm';
import { Lucia, TimeSpan } from 'lucia';
import type { Bar, locks } from '../../contract/identity.ts';
import type { Policy } from '../../contract/policy.ts';
import type { Assignment } from '../../contract/units.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { assignments, sessions, units, users } from '../../drizzle/schema/index.ts';
import { barOf, type Credentials, declaresCountry, groupOfAccount, lockOf, pinTries } from './standing.ts';

type SessionRow = typeof sessions.$inferSelect;
type UserRow = Pick<typeof users.$inferSelect, 'kind' | 'name' | 'place' | 'operator' | 'synthetic'> & Credentials;
type Known = UserRow & { hasPin: boolean; local: boolean };
type SessionAttributes = Omit<SessionRow, 'id' | 'userId' | 'expiresAt'>;

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof createLucia>;
    DatabaseUserAttributes: UserRow & { pinHash: string | null; passwordHash: string | null };
    DatabaseSessionAttributes: SessionAttributes;
  }
}

export type HeldAssignment = Assignment & { organisationId: string };
export type Choice = HeldAssignment & { barred: Bar | null; declares: boolean };

/** Who acts, in which session, and by which assignments. */
export type Actor = Known & {
  userId: string;
  sessionId: string;
  onlyVisitId: string | null; // begun with a code: opens that visit and nothing else
  /** The one by which they act: their only one, or the one chosen for this session. None until then, or while it is barred. */
  assignments: HeldAssignment[];
  choices: Choice[];
  level: number; // of assurance of this session, 1 to 4
  country: string | null; // declared for this session
  locked: (typeof locks)[number] | null; // everything but the call is closed
  provedAt: Date; // last showed who it is
  deviceId: string | null;
};

/** What a session begins with. */
export type Beginning = Partial<Pick<SessionAttributes, 'level' | 'providerId' | 'providerSid' | 'visitId'>>;

export type Sessions = ReturnType<typeof createSessions>;

const createLucia = (db: Db | Tx) =>
  new Lucia(new DrizzlePostgreSQLAdapter(db as Db, sessions, users), {
    sessionExpiresIn: new TimeSpan(12, 'h'), // a long working day; what is open locks long before
    sessionCookie: { name: 'samrum_session', attributes: { sameSite: 'lax', secure: true } },
    getUserAttributes: ({ pinHash, passwordHash, ...known }): Known => ({
      kind: known.kind,
      name: known.name,
      place: known.place,
      operator: known.operator,
      synthetic: known.synthetic,
      licence: known.licence,
      licenceUntil: known.licenceUntil,
      workCountries: known.workCountries,
      hasPin: pinHash !== null,
      local: passwordHash !== null,
    }),
    getSessionAttributes: (row) => row,
  });

/** @returns sessions by their cookies: HttpOnly, SameSite=Lax, Secure under HTTPS. */
export function createSessions(db: Db, policy: () => Policy) {
  const lucia = createLucia(db);

  const serialize = (cookie: ReturnType<typeof lucia.createSessionCookie>, secure: boolean): string => {
    cookie.attributes.secure = secure;
    return cookie.serialize();
  };

  const actorIn = async (tx: Db | Tx, id: string, now = new Date()): Promise<Actor | null> => {
    const { session, user } = await (tx === db ? lucia : createLucia(tx)).validateSession(id);
    if (!session) return null;
    const { id: userId, ...known } = user;
    const { level, country, assignmentId, visitId: onlyVisitId, provedAt, deviceId } = session;
    const demands = policy();
    const choices = user.kind === 'staff' ? choicesOf(await assignmentsOf(tx, userId), known, session, demands, now) : [];
    const active = activeOf(choices, assignmentId, country);
    const group = groupOfAccount(
      user.kind,
      (active.length > 0 ? active : choices).map(({ role }) => role),
    );
    if (user.kind === 'patient' && onlyVisitId === null && level < demands.requiredLevel.patient) return null;
    return {
      ...known,
      operator: known.operator && level >= demands.requiredLevel.administrative,
      userId,
      sessionId: session.id,
      onlyVisitId,
      level,
      country,
      provedAt,
      deviceId,
      assignments: active,
      choices,
      locked: onlyVisitId === null && user.kind !== 'guest' ? lockOf(session, group, demands, now) : null,
    };
  };

  return {
    /** The actor of a request's cookies, or null: two statements. */
    async actorOf(cookieHeader: string | undefined, now = new Date()): Promise<Actor | null> {
      const sessionId = lucia.readSessionCookie(cookieHeader ?? '');
      return sessionId ? actorIn(db, sessionId, now) : null;
    },

    /** Who acts in a session; null if it has ended, or if more is demanded than it shows. */
    actorIn,

    /**
     * Begins a session and returns its id and its `Set-Cookie`.
     *
     * @param tx - the transaction that writes its audit row.
     */
    async begin(
      tx: Tx,
      userId: string,
      { secure, browser, device }: { secure: boolean; browser: string | null; device: string | null },
      beginning: Beginning = {},
    ): Promise<{ sessionId: string; cookie: string }> {
      const now = new Date();
      const session = await createLucia(tx).createSession(userId, {
        visitId: null,
        level: 1,
        providerId: null,
        providerSid: null,
        ...beginning,
        assignmentId: null,
        country: null,
        browser,
        deviceId: device,
        createdAt: now,
        loginAt: now,
        seenAt: now,
        provedAt: now,
        lockedAt: null,
        pinFailures: 0,
      });
      return { sessionId: session.id, cookie: serialize(lucia.createSessionCookie(session.id), secure) };
    },

    /** By which of their assignments they act from now on, and from which country. */
    async choose(tx: Tx, sessionId: string, assignmentId: string, country: string | null): Promise<void> {
      await tx.update(sessions).set({ assignmentId, country }).where(eq(sessions.id, sessionId));
    },

    change: async (tx: Db | Tx, sessionId: string, patch: Partial<SessionAttributes>): Promise<void> => {
      await tx.update(sessions).set(patch).where(eq(sessions.id, sessionId));
    },

    /** Notes that somebody is there, unless it was noted after `since`. */
    seen: async (tx: Db | Tx, sessionId: string, now: Date, since: Date): Promise<void> => {
      await tx
        .update(sessions)
        .set({ seenAt: now })
        .where(and(eq(sessions.id, sessionId), lt(sessions.seenAt, since)));
    },

    /** Takes one of the few tries at a PIN; a right one gives them back. @returns whether there was one left. */
    takePinTry: async (tx: Db | Tx, sessionId: string): Promise<boolean> => {
      const taken = await tx
        .update(sessions)
        .set({ pinFailures: sql`${sessions.pinFailures} + 1` })
        .where(and(eq(sessions.id, sessionId), lt(sessions.pinFailures, pinTries)))
        .returning({ id: sessions.id });
      return taken.length > 0;
    },

    /** Ends what a person had open before in the same browser. */
    endOthersOf: async (tx: Tx, userId: string, deviceId: string, sessionId: string): Promise<string[]> => {
      const ended = await tx
        .delete(sessions)
        .where(and(eq(sessions.userId, userId), eq(sessions.deviceId, deviceId), ne(sessions.id, sessionId), isNull(sessions.visitId)))
        .returning({ id: sessions.id });
      return ended.map(({ id }) => id);
    },

    /** Ends every other session of a person, on whatever device it is. */
    endAllBut: async (tx: Tx, userId: string, sessionId: string): Promise<string[]> => {
      const ended = await tx
        .delete(sessions)
        .where(and(eq(sessions.userId, userId), ne(sessions.id, sessionId)))
        .returning({ id: sessions.id });
      return ended.map(({ id }) => id);
    },

    /** Those of a person that hold now, the newest first. */
    of: (tx: Db | Tx, userId: string): Promise<SessionRow[]> =>
      tx
        .select()
        .from(sessions)
        .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, new Date())))
        .orderBy(desc(sessions.createdAt)),

    byId: async (tx: Db | Tx, sessionId: string): Promise<SessionRow | null> =>
      (await tx.select().from(sessions).where(eq(sessions.id, sessionId)))[0] ?? null,

    /** Those of staff that live in a browser, newest first. */
    onDevice: (tx: Db | Tx, deviceId: string) =>
      tx
        .select({ session: sessions, user: users })
        .from(sessions)
        .innerJoin(users, eq(users.id, sessions.userId))
        .where(and(eq(sessions.deviceId, deviceId), eq(users.kind, 'staff'), gt(sessions.expiresAt, new Date())))
        .orderBy(desc(sessions.seenAt)),

    /** Those begun at a provider: in one of its sessions, or all of a person. */
    atProvider: (tx: Db | Tx, providerId: string, providerSid: string): Promise<SessionRow[]> =>
      tx
        .select()
        .from(sessions)
        .where(and(eq(sessions.providerId, providerId), eq(sessions.providerSid, providerSid))),

    /** Locks what others have open in the same browser. */
    lockOthers: async (tx: Tx, deviceId: string, userId: string, now: Date): Promise<void> => {
      await tx
        .update(sessions)
        .set({ lockedAt: now })
        .where(and(eq(sessions.deviceId, deviceId), ne(sessions.userId, userId), isNull(sessions.lockedAt)));
    },

    /** The `Set-Cookie` that goes over to a session. */
    cookieOf: (sessionId: string, secure: boolean): string => serialize(lucia.createSessionCookie(sessionId), secure),

    /** Ends a session and returns the `Set-Cookie` that forgets it. */
    async end(tx: Tx, sessionId: string, secure: boolean): Promise<string> {
      await createLucia(tx).invalidateSession(sessionId);
      return this.forget(secure);
    },

    /** The `Set-Cookie` of nobody. */
    forget: (secure: boolean): string => serialize(lucia.createBlankSessionCookie(), secure),
  };
}

/** What is held, and whether it can be acted by from this session. */
export function choicesOf(
  held: HeldAssignment[],
  credentials: Credentials,
  session: { level: number; country: string | null },
  policy: Policy,
  now: Date,
): Choice[] {
  const today = now.toISOString().slice(0, 10);
  return held.map((one) => ({
    ...one,
    barred: barOf(one.role, credentials, session, policy, today),
    declares: declaresCountry(one.role),
  }));
}

/** One of several is active at a time: the one that was chosen. A single one needs no choosing, unless it declares a country. */
export function activeOf(choices: Choice[], chosenId: string | null, country: string | null): HeldAssignment[] {
  const single = choices.length === 1;
  return choices
    .filter(({ id, barred, declares }) => barred === null && (declares ? id === chosenId && country !== null : single || id === chosenId))
    .map(({ barred: _, declares: __, ...held }) => held);
}

/** The assignments that hold now, the oldest first. */
export async function assignmentsOf(db: Db | Tx, userId: string): Promise<HeldAssignment[]> {
  return db
    .select({
      id: assignments.id,
      unitId: assignments.unitId,
      unitName: units.name,
      organisationId: units.organisationId,
      role: assignments.role,
    })
    .from(assignments)
    .innerJoin(units, eq(units.id, assignments.unitId))
    .where(and(eq(assignments.userId, userId), isNull(assignments.endedAt)))
    .orderBy(asc(assignments.startedAt));
}
