import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type RequestHandler, Router } from 'express';
import sirv from 'sirv';

/** The built client: files named by their hash for ever, the page itself never from a cache, and for every path the page. */
export function client(directory: string): Router {
  const router = Router();
  if (!existsSync(join(directory, 'index.html'))) {
    router.get(/^\/(?!api\/)/, (_req, res) => void res.status(503).type('text').send('The pages are not built: run npm start.\n'));
    return router;
  }
  const files = sirv(directory, {
    single: true,
    gzip: true,
    brotli: true,
    setHeaders: (res, path) =>
      res.setHeader('cache-control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
  });
  const serve: RequestHandler = (req, res, next) => files(req, res, next);
  router.get(/^\/(?!api\/)/, serve);
  return router;
}
