import type { Logger } from 'pino';
import type { z } from 'zod';
import type { LineState } from '../contract/media.ts';
import type { visitEvents } from '../contract/visitSocket.ts';
import type { Db } from '../drizzle/client.ts';
import type { ServerEnv } from './env.ts';
import type { Limits } from './identity/limits.ts';
import type { Demands } from './identity/policy.ts';
import type { Sessions } from './identity/sessions.ts';
import type { Jobs } from './jobs.ts';
import type { Media } from './media/Media.ts';
import type { Metrics } from './metrics.ts';
import type { Gestures } from './signaling/Gestures.ts';
import type { Holder } from './visits/seats.ts';
import type { Person, VisitState } from './visits/visitState.ts';

/** Whoever is told when something has changed; called after the change is durable. */
export type Hub = {
  changed(state: VisitState): void;
  /** The day's list of a unit, and of staff elsewhere who take part. */
  listChanged(unitId: string, userIds: string[]): void;
  /** What somebody may has changed: their connections are judged anew. */
  userChanged(userId: string): void;
  /** A coordinated individual plan is not as it was. */
  planChanged(planId: string): void;
  sessionEnded(sessionId: string): void;
  /** Everything but the call is closed to it. */
  sessionLocked(sessionId: string): void;
  /** This connection is the one of its tab: what an older one sends late does not count. */
  joined(holder: Holder): void;
  /** What has been noticed of a participant's line. */
  line(visitId: string, participantId: string, line: Partial<LineState>): void;
  /** The lines of a visit that are not in order. */
  lines(visitId: string): (LineState & { participantId: string })[];
  /** What has been drawn and what cameras can do, just now. */
  gestures: Gestures;
  /** Tells those in the room of whom `whom` is true. */
  tell<E extends keyof typeof visitEvents>(
    visitId: string,
    event: E,
    data: z.output<(typeof visitEvents)[E]>,
    whom: (person: Person) => boolean,
  ): void;
};

/** What operations work with. Made once in `main.ts`. */
export type Context = {
  env: ServerEnv;
  db: Db;
  log: Logger;
  metrics: Metrics;
  sessions: Sessions;
  demands: Demands;
  limits: Limits;
  media: Media;
  jobs: Jobs;
  hub: Hub;
};
