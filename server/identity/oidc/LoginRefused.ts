import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import type { LoginRefusal } from '../../../contract/identity.ts';
import { Refusal } from '../../../contract/refusal.ts';

/** Why a login by e-ID led nowhere. `detail` is for the log: a code, never a token or a claim. */
export class LoginRefused extends Error {
  readonly reason: LoginRefusal;
  readonly detail: string | undefined;

  constructor(reason: LoginRefusal, detail?: string) {
    super(reason);
    this.reason = reason;
    this.detail = detail;
  }
}

/** What the library threw, in our words. */
export function refusedFor(error: unknown): LoginRefused {
  if (error instanceof LoginRefused) return error;
  if (error instanceof Refusal) return new LoginRefused(error.code === 'level_too_low' ? 'level' : 'invalid', error.code);
  if (error instanceof AuthorizationResponseError)
    return new LoginRefused(error.error === 'access_denied' ? 'denied' : 'invalid', error.error);
  if (error instanceof ResponseBodyError) return new LoginRefused(error.error === 'invalid_grant' ? 'expired' : 'invalid', error.error);
  if (error instanceof ClientError) {
    const code = error.code ?? '';
    if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return new LoginRefused('expired', code);
    if (code === 'OAUTH_TIMEOUT') return new LoginRefused('unreachable', code);
    return new LoginRefused('invalid', code);
  }
  if (error instanceof TypeError && error.message === 'fetch failed') return new LoginRefused('unreachable', 'fetch failed');
  return new LoginRefused('invalid', error instanceof Error ? error.name : 'unknown');
}
