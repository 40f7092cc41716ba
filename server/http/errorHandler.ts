import type { ErrorRequestHandler } from 'express';
import { Refusal } from '../../contract/refusal.ts';
import type { WireErrorCode } from '../../contract/wire.ts';
import type { Context } from '../context.ts';

export const statusOf: Record<WireErrorCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  wrong_credentials: 401,
  totp_required: 401,
  locked: 401,
  prove_again: 403,
  level_too_low: 403,
  wrong_code: 401,
  forbidden: 403,
  cross_origin: 403,
  not_found: 404,
  unknown_event: 404,
  conflict: 409,
  superseded: 409,
  ended: 410,
  too_large: 413,
  rate_limited: 429,
  internal: 500,
  media_unavailable: 503,
  stale_epoch: 409,
  late: 503,
};

/** The one place where something thrown becomes an answer. */
export function errorHandler(ctx: Context): ErrorRequestHandler {
  return (error: unknown, _req, res, _next) => {
    const route: unknown = res.locals.route;
    const refusal = error instanceof Refusal ? error : (refusalOfBodyParser(error) ?? bug(ctx, route, error));
    ctx.metrics.refused.inc({ event: typeof route === 'string' ? route : 'http', code: refusal.code });
    res.status(statusOf[refusal.code]).json(refusal.toReply());
  };
}

function bug(ctx: Context, route: unknown, error: unknown): Refusal {
  ctx.log.error({ route, err: error }, 'a request failed');
  return new Refusal('internal', 'Something went wrong here. It has been noted.');
}

/** Express's own parser says what was wrong in `type`. */
function refusalOfBodyParser(error: unknown): Refusal | null {
  const type = error instanceof Error && 'type' in error ? error.type : undefined;
  if (type === 'entity.too.large') return new Refusal('too_large', 'The request is too large.');
  if (typeof type === 'string' && /^(entity|encoding|charset|request)\./.test(type))
    return new Refusal('invalid', 'The request is not JSON.');
  return null;
}
