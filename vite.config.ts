import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const outDir = process.env.CLIENT_OUT ?? new URL('client/dist', import.meta.url).pathname;

/** Writes every text file once more, compressed as well as it can be, so that the server need not do it at each request. */
const precompressed: Plugin = {
  name: 'precompressed',
  closeBundle() {
    const files = readdirSync(outDir, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(js|css|html|svg|json)$/.test(name));
    for (const name of files) {
      const file = join(outDir, name);
      const content = readFileSync(file);
      writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
      writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
    }
  },
};

/** Writes the service worker, with the names of all that is built: its version is their sum. */
const keptPages: Plugin = {
  name: 'kept-pages',
  closeBundle() {
    const names = readdirSync(outDir, { recursive: true, encoding: 'utf8' }).filter(
      (name) => /\.(js|css|html|svg)$/.test(name) && name !== 'sw.js',
    );
    const files = JSON.stringify(names.toSorted().map((name) => `/${name.replaceAll('\\', '/')}`));
    const source = readFileSync(new URL('client/offline/serviceWorker.js', import.meta.url), 'utf8');
    const version = createHash('sha256')
      .update(files)
      .update(readFileSync(join(outDir, 'index.html')))
      .update(source)
      .digest('hex')
      .slice(0, 16);
    writeFileSync(join(outDir, 'sw.js'), source.replace('__VERSION__', version).replace('__FILES__', files));
  },
};

/** mediasoup-client brings handlers for tests and for React Native, which no browser runs: they stay out. */
const forBrowsersOnly: Plugin = {
  name: 'for-browsers-only',
  enforce: 'pre',
  resolveId(source, importer) {
    const unused = /(FakeHandler|ReactNative106|test\/fakeParameters)(\.js)?$/.test(source);
    return unused && importer?.includes('mediasoup-client') ? '\0unused' : null;
  },
  load: (id) => (id === '\0unused' ? 'module.exports = {};' : null),
};

export default defineConfig({
  root: new URL('client', import.meta.url).pathname,
  plugins: [react(), forBrowsersOnly, keptPages, precompressed],
  // For comparisons in bench/: without them the product is built.
  define: {
    __LIBRARY_TIMERS__: JSON.stringify(process.env.LIBRARY_TIMERS === '1'),
    __SPEECH_AIDS__: JSON.stringify(process.env.SPEECH_AIDS !== '0'),
  },
  build: { outDir, emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  css: { modules: { localsConvention: 'camelCaseOnly' } },
});
