/** Sessions. The only file that knows lucia, so that another library could take its place. */
import { DrizzlePostgreSQLAdapter } from '@lucia-auth/adapter-drizzle';
import { and, asc, desc, eq, gt, isNull } from 'drizzle-orm';
import { Lucia, TimeSpan } from 'lucia';
import type { Assignment } from '../../contract/units.ts';
import type { Db, Tx } from '../../drizzle/client.ts';
import { assignments, sessions, units, users } from '../../drizzle/schema/index.ts';

type UserRow = Pick<typeof users.$inferSelect, 'kind' | 'name' | 'place' | 'operator' | 'synthetic'>;

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof createLucia>;
    DatabaseUserAttributes: UserRow;
    DatabaseSessionAttributes: { visitId: string | null; assignmentId: string | null; browser: string | null; level: number };
  }
}

export type HeldAssignment = Assignment & { organisationId: string };

/** Who acts, in which session, and by which assignments. */
export type Actor = UserRow & {
  userId: string;
  sessionId: string;
  onlyVisitId: string | null; // begun with a code: opens that visit and nothing else
  /** The one by which they act: their only one, or the one chosen for this session. None until then. */
  assignments: HeldAssignment[];
  choices: HeldAssignment[];
  level: number; // of assurance of this session, 1 to 4
};

export type Sessions = ReturnType<typeof createSessions>;

const createLucia = (db: Db | Tx) =>
  new Lucia(new DrizzlePostgreSQLAdapter(db as Db, sessions, users), {
    sessionExpiresIn: new TimeSpan(12, 'h'), // a long working day
    sessionCookie: { name: 'samrum_session', attributes: { sameSite: 'lax', secure: true } },
    getUserAttributes: ({ kind, name, place, operator, synthetic }: UserRow) => ({ kind, name, place, operator, synthetic }),
    getSessionAttributes: ({ visitId, assignmentId, level }) => ({ onlyVisitId: visitId, assignmentId, level }),
  });

/** @returns sessions by their cookies: HttpOnly, SameSite=Lax, Secure under HTTPS. */
export function createSessions(db: Db) {
  const lucia = createLucia(db);

  const serialize = (cookie: ReturnType<typeof lucia.createSessionCookie>, secure: boolean): string => {
    cookie.attributes.secure = secure;
    return cookie.serialize();
  };

  return {
    /** The actor of a request's cookies, or null: two statements. */
    async actorOf(cookieHeader: string | undefined): Promise<Actor | null> {
      const sessionId = lucia.readSessionCookie(cookieHeader ?? '');
      if (!sessionId) return null;
      const { session, user } = await lucia.validateSession(sessionId);
      if (!session) return null;
      const { id: userId, ...attributes } = user;
      const held = user.kind === 'staff' ? await assignmentsOf(db, userId) : [];
      const assignments = activeOf(held, session.assignmentId);
      const { id, onlyVisitId, level } = session;
      return { ...attributes, userId, sessionId: id, onlyVisitId, level, assignments, choices: held };
    },

    /**
     * Begins a session and returns its `Set-Cookie`.
     *
     * @param tx - the transaction that writes its audit row.
     */
    async begin(
      tx: Tx,
      userId: string,
      { secure, browser }: { secure: boolean; browser: string | null },
      onlyVisitId: string | null = null,
    ): Promise<string> {
      const session = await createLucia(tx).createSession(userId, { visitId: onlyVisitId, assignmentId: null, browser, level: 1 });
      return serialize(lucia.createSessionCookie(session.id), secure);
    },

    /** By which of their assignments they act from now on. */
    async choose(tx: Tx, sessionId: string, assignmentId: string): Promise<void> {
      await tx.update(sessions).set({ assignmentId }).where(eq(sessions.id, sessionId));
    },

    /** Those of a person that hold now, the newest first. */
    of: (tx: Db | Tx, userId: string): Promise<{ id: string; createdAt: Date; browser: string | null }[]> =>
      tx
        .select({ id: sessions.id, createdAt: sessions.createdAt, browser: sessions.browser })
        .from(sessions)
        .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, new Date())))
        .orderBy(desc(sessions.createdAt)),

    /** Ends a session and returns the `Set-Cookie` that forgets it. */
    async end(tx: Tx, sessionId: string, secure: boolean): Promise<string> {
      await createLucia(tx).invalidateSession(sessionId);
      return this.forget(secure);
    },

    /** The `Set-Cookie` of nobody. */
    forget: (secure: boolean): string => serialize(lucia.createBlankSessionCookie(), secure),
  };
}

/** One of several is active at a time: the one that was chosen. */
export const activeOf = (held: HeldAssignment[], chosenId: string | null): HeldAssignment[] =>
  held.length === 1 ? held : held.filter(({ id }) => id === chosenId);

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
