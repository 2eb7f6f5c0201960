import { build, transform } from 'esbuild';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { SUPPORTED_EXCHANGES } from './dist/src/models/exchanges.js';

const OUT = 'dist/bin';

/** Names and short lines stay, for the stack trace of a bug. */
const SMALL = {
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 120,
  platform: 'node',
  target: 'node20',
};

/** What commander and ccxt load for programs other than ours: subprocesses, sockets, other chains, proxies. */
const UNUSED = /^node:child_process$|\/ws\/WsClient\.js$|\/(static_dependencies|protobuf)\/|^undici$/;

const withoutUnused = {
  name: 'without-unused',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: UNUSED }, () => ({ path: 'unused', namespace: 'unused' }));
    onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: 'module.exports = {}' }));
  },
};

/** An exchange of ccxt is found at run time, which no bundler can follow: here each is an import of its own. */
const withExchanges = {
  name: 'with-exchanges',
  setup({ onLoad }) {
    onLoad({ filter: /src\/client\/import-exchange\.ts$/ }, () => {
      const rows = SUPPORTED_EXCHANGES.map(
        (id) => `${id}: () => import('./node_modules/ccxt/js/src/${id}.js')`,
      );
      return {
        contents: `const exchanges = { ${rows.join(', ')} };
          export const importExchange = async (id) => await exchanges[id]();`,
        resolveDir: '.',
      };
    });
  },
};

/** The program and the parts that a command loads when it runs, in place of some hundred modules. */
const { outputFiles } = await build({
  ...SMALL,
  entryPoints: ['bin/exchange-sync.ts'],
  outdir: OUT,
  write: false,
  bundle: true,
  splitting: true,
  format: 'esm',
  // Never reached, as the exchanges are in the bundle; and what has files that are no JavaScript.
  external: ['ccxt', '@electric-sql/pglite', 'fs-native-extensions'],
  plugins: [withoutUnused, withExchanges],
  logLevel: 'warning',
});

// esbuild splits only ES modules, and Node starts CommonJS a third faster.
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
writeFileSync(`${OUT}/package.json`, '{ "type": "commonjs" }\n');
for (const { path, text } of outputFiles) {
  const { code } = await transform(text, { ...SMALL, format: 'cjs', supported: { 'dynamic-import': false } });
  writeFileSync(path, code);
}
chmodSync(`${OUT}/exchange-sync.js`, 0o755);
