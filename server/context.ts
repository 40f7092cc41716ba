import type { Logger } from 'pino';
import type { LineState } from '../contract/media.ts';
import type { Db } from '../drizzle/client.ts';
import type { ServerEnv } from './env.ts';
import type { Limits } from './identity/limits.ts';
import type { Demands } from './identity/policy.ts';
import type { Sessions } from './identity/sessions.ts';
import type { Jobs } from './jobs.ts';
import type { Media } from './media/Media.ts';
import type { Metrics } from './metrics.ts';
import type { Holder } from './visits/seats.ts';
import type { VisitState } from './visits/visitState.ts';

/** Whoever is told when something has changed; called after the change is durable. */
export type Hub = {
  changed(state: VisitState): void;
  /** The day's list of a unit, and of staff elsewhere who take part. */
  listChanged(unitId: string, userIds: string[]): void;
  /** What somebody may has changed: their connections are judged anew. */
  userChanged(userId: string): void;
  sessionEnded(sessionId: string): void;
  /** Everything but the call is closed to it. */
  sessionLocked(sessionId: string): void;
  /** This connection is the one of its tab: what an older one sends late does not count. */
  joined(holder: Holder): void;
  /** What has been noticed of a participant's line. */
  line(visitId: string, participantId: string, line: Partial<LineState>): void;
  /** The lines of a visit that are not in order. */
  lines(visitId: string): (LineState & { participantId: string })[];
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
