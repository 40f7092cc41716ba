import express, { type Router } from 'express';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';
import { choosePage, logoutPage, type Offered } from './pages.ts';
import { accountOf, levels, person, readAccount, type TenantName } from './person.ts';

export type Client = { clientId: string; clientSecret: string; address: string };

/** One issuer of the demo's e-ID: a real OpenID provider that believes what it is told. */
export async function tenant(
  name: TenantName,
  issuer: string,
  { clientId, clientSecret, address }: Client,
  offered: Offered[],
  providerId: string,
): Promise<Router> {
  const claims = name === 'staff' ? ['employeeHsaId', 'commissionHsaId'] : ['personalNumber'];
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: name, alg: 'RS256', use: 'sig' };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${address}/api/login/callback`],
        post_logout_redirect_uris: [`${address}/`],
        backchannel_logout_uri: `${address}/api/login/providers/${providerId}/logged-out`,
        backchannel_logout_session_required: true,
      },
    ],
    claims: { openid: ['sub', ...claims], acr: null, sid: null, auth_time: null, iss: null },
    ttl: { Interaction: 600, Grant: 3_600, Session: 3_600, AccessToken: 600, IdToken: 600 }, // s
    acrValues: Object.keys(levels),
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    jwks: { keys: [key] },
    fetch: (url, init) => fetch(url, { ...init, dispatcher: undefined } as RequestInit), // the server that it tells of a logout is on this machine
    cookies: { keys: [clientSecret], names: { session: `eid_${name}`, interaction: `eid_${name}_i`, resume: `eid_${name}_r` } },
    interactions: { url: (_ctx, interaction) => `${new URL(issuer).pathname}/who/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = logoutPage(form);
        },
      },
    },
    findAccount: (_ctx, accountId) => {
      const { id, assignment } = readAccount(accountId);
      const said =
        name === 'staff' ? { employeeHsaId: id, ...(assignment ? { commissionHsaId: assignment } : {}) } : { personalNumber: id };
      return { accountId, claims: async () => ({ sub: accountId, ...said }) };
    },
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client?.clientId ?? '',
        accountId: ctx.oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  });
  const router = express.Router();
  router.get('/who/:uid', async (req, res) => {
    await provider.interactionDetails(req, res);
    res.type('html').send(choosePage(name, req.originalUrl, offered));
  });
  router.post('/who/:uid', express.urlencoded({ extended: false }), async (req, res) => {
    if (req.body.stop) return void provider.interactionFinished(req, res, { error: 'access_denied' });
    const { data } = person.safeParse(req.body);
    if (!data) return void res.redirect(303, req.originalUrl);
    await provider.interactionFinished(req, res, { login: { accountId: accountOf(data), acr: data.level, remember: false } });
  });
  router.use(provider.callback());
  return router;
}
