/** Sessions. The only file that knows lucia, so that another library could take its place. */
import { DrizzlePostgreSQLAdapter } from '@lucia-auth/adapter-drizzle';
import { Lucia, TimeSpan } from 'lucia';
import type { Role } from '../../contract/visits.ts';
import type { Db } from '../../drizzle/client.ts';
import { sessions, users } from '../../drizzle/schema/index.ts';

type UserRow = Pick<typeof users.$inferSelect, 'kind' | 'name' | 'role' | 'place' | 'synthetic'>;

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof createLucia>;
    DatabaseUserAttributes: UserRow;
  }
}

/** Who acts, and in which session. */
export type Actor = {
  userId: string;
  sessionId: string;
  kind: 'staff' | 'guest';
  role: Role;
  name: string | null;
  place: string;
  synthetic: boolean;
};

export type Sessions = ReturnType<typeof createSessions>;

const createLucia = (db: Db) =>
  new Lucia(new DrizzlePostgreSQLAdapter(db, sessions, users), {
    sessionExpiresIn: new TimeSpan(12, 'h'), // a long working day
    sessionCookie: { name: 'samrum_session', attributes: { sameSite: 'lax', secure: true } },
    getUserAttributes: ({ kind, name, role, place, synthetic }: UserRow) => ({ kind, name, role, place, synthetic }),
  });

/** @returns sessions by their cookies: HttpOnly, SameSite=Lax, Secure under HTTPS. */
export function createSessions(db: Db) {
  const lucia = createLucia(db);

  const serialize = (cookie: ReturnType<typeof lucia.createSessionCookie>, secure: boolean): string => {
    cookie.attributes.secure = secure;
    return cookie.serialize();
  };

  return {
    /** The actor of a request's cookies, or null. */
    async actorOf(cookieHeader: string | undefined): Promise<Actor | null> {
      const sessionId = lucia.readSessionCookie(cookieHeader ?? '');
      if (!sessionId) return null;
      const { session, user } = await lucia.validateSession(sessionId);
      if (!session) return null;
      const { id: userId, kind, role, name, place, synthetic } = user;
      return { userId, sessionId: session.id, kind, role, name, place, synthetic };
    },

    /** Begins a session and returns its `Set-Cookie`. */
    async begin(userId: string, secure: boolean): Promise<string> {
      const session = await lucia.createSession(userId, {});
      return serialize(lucia.createSessionCookie(session.id), secure);
    },

    /** Ends a session and returns the `Set-Cookie` that forgets it. */
    async end(sessionId: string | undefined, secure: boolean): Promise<string> {
      if (sessionId) await lucia.invalidateSession(sessionId);
      return serialize(lucia.createBlankSessionCookie(), secure);
    },
  };
}
