import express, { type Express } from 'express';
import helmet from 'helmet';
import { Refusal } from '../contract/refusal.ts';
import { mountAccess } from './access/routes.ts';
import { mountCarePlans } from './careplan/routes.ts';
import { mountConsent } from './consent/routes.ts';
import type { Context } from './context.ts';
import { mountConversation } from './conversation/routes.ts';
import { mountDelegations } from './delegations/routes.ts';
import { mountExamining } from './examining/routes.ts';
import { mountForms } from './forms/routes.ts';
import { client } from './http/client.ts';
import { errorHandler } from './http/errorHandler.ts';
import { openApi } from './http/openapi.ts';
import { probes } from './http/probes.ts';
import { sameOriginWrites } from './http/sameOrigin.ts';
import { mountIdentity } from './identity/routes.ts';
import { mountInterpreting } from './interpreting/routes.ts';
import { mountMeasurements } from './measurements/routes.ts';
import { mountMedia } from './media/routes.ts';
import { mountNotifications } from './notifications/routes.ts';
import { mountPeople } from './people/routes.ts';
import { mountPolls } from './polls/routes.ts';
import { mountQueue } from './queue/routes.ts';
import { mountReferrals } from './referrals/routes.ts';
import { mountRounds } from './rounds/routes.ts';
import { mountScheduling } from './scheduling/routes.ts';
import { mountVisits } from './visits/routes.ts';

/** Everything that is answered over HTTP. */
export function createApp(ctx: Context): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', ctx.env.TRUST_PROXY ?? false);
  const https = ctx.env.TLS_CERT !== undefined || ctx.env.TRUST_PROXY !== undefined;
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: {
          'img-src': ["'self'", 'data:', 'blob:'],
          'connect-src': ["'self'", 'ws:', 'wss:'],
          'upgrade-insecure-requests': null,
        },
      },
      strictTransportSecurity: https,
      referrerPolicy: { policy: 'no-referrer' },
    }),
  );
  app.use((_req, res, next) => {
    res.setHeader(
      'permissions-policy',
      'bluetooth=(self), camera=(self), microphone=(self), display-capture=(self), speaker-selection=(self)',
    );
    next();
  });
  app.use(probes(ctx));
  app.use('/api', sameOriginWrites, express.json({ limit: '64kb' }), (_req, res, next) => {
    res.setHeader('cache-control', 'no-store');
    next();
  });
  mountIdentity(app, ctx);
  mountAccess(app, ctx);
  mountConsent(app, ctx);
  mountPeople(app, ctx);
  mountVisits(app, ctx);
  mountScheduling(app, ctx);
  mountRounds(app, ctx);
  mountCarePlans(app, ctx);
  mountForms(app, ctx);
  mountConversation(app, ctx);
  mountPolls(app, ctx);
  mountInterpreting(app, ctx);
  mountNotifications(app, ctx);
  mountQueue(app, ctx);
  mountMeasurements(app, ctx);
  mountExamining(app, ctx);
  mountDelegations(app, ctx);
  mountReferrals(app, ctx);
  mountMedia(app, ctx);
  app.get('/api/openapi.json', (_req, res) => void res.json(openApi()));
  app.use('/api', () => {
    throw new Refusal('not_found', 'There is no such route.');
  });
  app.use(client(ctx.env.CLIENT_DIR ?? new URL('../client/dist', import.meta.url).pathname));
  app.use(errorHandler(ctx));
  return app;
}
