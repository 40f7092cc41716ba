/** A provider that sends what it should not: for what must be refused. Its keys and answers are real ones. */
import { createServer, type IncomingMessage } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { freePorts } from './ports.ts';

type Lie = {
  claims?: Record<string, unknown>;
  issuer?: string; // says that it is another
  foreignKey?: boolean; // signed by somebody else
  unsigned?: boolean;
  expired?: boolean;
};

export class LyingProvider implements AsyncDisposable {
  readonly issuer: string;
  /** What the next token says; the nonce is the one that was asked with, unless it is lied about. */
  lie: Lie = {};
  readonly #server: ReturnType<typeof createServer>;
  readonly #nonces = new Map<string, string>();

  private constructor(issuer: string, server: ReturnType<typeof createServer>) {
    this.issuer = issuer;
    this.#server = server;
  }

  static async start(): Promise<LyingProvider> {
    const port = await freePorts(1);
    const [own, foreign] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
    const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' };
    const server = createServer();
    const provider = new LyingProvider(`http://localhost:${port}`, server);
    const { issuer } = provider;
    const answers: Record<string, (req: IncomingMessage) => Promise<unknown>> = {
      '/.well-known/openid-configuration': async () => ({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
      }),
      '/keys': async () => ({ keys: [jwk] }),
      '/token': async (req) => {
        const code = new URLSearchParams(await textOf(req)).get('code') ?? '';
        return {
          access_token: 'x',
          token_type: 'Bearer',
          id_token: await provider.#token(code, provider.lie, own.privateKey, foreign.privateKey),
        };
      },
    };
    server.on('request', (req, res) => {
      const answer = answers[(req.url ?? '').split('?')[0] ?? ''];
      void (answer ? answer(req) : Promise.resolve({})).then((body) => {
        res.setHeader('content-type', 'application/json');
        res.end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
    return provider;
  }

  /** As after a login there: the path that the browser comes back by. */
  comeBack(authorization: string): string {
    const { searchParams } = new URL(authorization);
    const code = crypto.randomUUID();
    this.#nonces.set(code, searchParams.get('nonce') ?? '');
    return `/api/login/callback?code=${code}&state=${searchParams.get('state')}`;
  }

  async #token(code: string, lie: Lie, own: CryptoKey, foreign: CryptoKey): Promise<string> {
    const claims = { sub: 'somebody', acr: 'loa3', auth_time: Math.floor(Date.now() / 1000), nonce: this.#nonces.get(code), ...lie.claims };
    if (lie.unsigned) {
      const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const now = Math.floor(Date.now() / 1000);
      return `${part({ alg: 'none' })}.${part({ iss: this.issuer, aud: 'samrum', iat: now, exp: now + 60, ...claims })}.`;
    }
    const { aud = 'samrum', ...rest } = claims as { aud?: string };
    return new SignJWT(rest)
      .setProtectedHeader({ alg: 'RS256', kid: 'own' })
      .setIssuer(lie.issuer ?? this.issuer)
      .setAudience(aud)
      .setIssuedAt(lie.expired ? '-2h' : undefined)
      .setExpirationTime(lie.expired ? '-1h' : '5m')
      .sign(lie.foreignKey ? foreign : own);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

async function textOf(req: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of req) text += String(chunk);
  return text;
}
