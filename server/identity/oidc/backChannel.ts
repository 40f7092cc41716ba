import { createRemoteJWKSet, jwtVerify } from 'jose';
import { Refusal } from '../../../contract/refusal.ts';
import { writeAudit } from '../../access/audit.ts';
import type { Context } from '../../context.ts';
import { configurationOf, providerOf } from './providers.ts';

const event = 'http://schemas.openid.net/event/backchannel-logout';
const sameMoment = 120; // s

/**
 * The provider says that somebody has logged out there: what they began with it ends here too.
 *
 * @throws {Refusal} `invalid` for a token that is not the provider's, not for us, not about a logout, or old.
 */
export async function loggedOutThere(ctx: Context, providerId: string, token: string): Promise<void> {
  const provider = await providerOf(ctx, providerId);
  const metadata = (await configurationOf(provider)).serverMetadata();
  const payload = await jwtVerify(token, createRemoteJWKSet(new URL(metadata.jwks_uri ?? '')), {
    issuer: metadata.issuer,
    audience: provider.clientId,
    maxTokenAge: sameMoment,
  }).then(
    (verified) => verified.payload,
    (error: unknown) => {
      ctx.log.warn({ providerId, reason: (error as { code?: string }).code }, 'a logout by the provider was refused');
      throw new Refusal('invalid', 'logout_token: is not one', 'logout_token');
    },
  );
  const { sid, events, nonce } = payload as { sid?: unknown; events?: Record<string, unknown>; nonce?: unknown };
  if (typeof sid !== 'string' || !events || !(event in events) || nonce !== undefined)
    throw new Refusal('invalid', 'logout_token: is not about a logout', 'logout_token');
  const held = await ctx.sessions.atProvider(ctx.db, providerId, sid);
  for (const { id, userId } of held) {
    await ctx.db.transaction(async (tx) => {
      await writeAudit(tx, { actorId: userId, action: 'logout', subjectId: userId, detail: { atProvider: true } });
      await ctx.sessions.end(tx, id, false);
    });
    ctx.hub.sessionEnded(id);
  }
}
