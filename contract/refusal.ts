import type { Failure, WireErrorCode } from './wire.ts';

/** A "no" with a code and words that say what to do. Anything else that is thrown is a bug. */
export class Refusal extends Error {
  readonly code: WireErrorCode;
  readonly field: string | undefined;

  constructor(code: WireErrorCode, message: string, field?: string) {
    super(message);
    this.code = code;
    this.field = field;
  }

  toReply(): Failure {
    const { code, message, field } = this;
    return field === undefined ? { ok: false, code, message } : { ok: false, code, message, field };
  }
}

/** Goes on only if allowed. */
export function require_(allowed: boolean, message = 'You may not do this.'): asserts allowed {
  if (!allowed) throw new Refusal('forbidden', message);
}
