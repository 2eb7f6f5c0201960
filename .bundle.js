import { build, transform } from 'esbuild';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
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

/** What commander, postgres.js and ccxt load for programs other than ours: subprocesses, sockets, other chains. */
const UNUSED = /^node:child_process$|^tls$|\/ws\/WsClient\.js$|\/(static_dependencies|protobuf)\/|^undici$/;

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
const toCommonJs = async ({ path, text }) => {
  const { code } = await transform(text, { ...SMALL, format: 'cjs', supported: { 'dynamic-import': false } });
  return { name: basename(path), code };
};

/** Small chunks that several parts share lie in one file: to open one takes longer than to read them all. */
const PACK = 'shared.js';
const PACKED_BYTES = 8_000;
const isPacked = ({ name, code }) => name.startsWith('chunk-') && code.length < PACKED_BYTES;

const chunks = await Promise.all(outputFiles.map(toCommonJs));
const packed = chunks.filter(isPacked);
const withPack = (code) =>
  packed.reduce(
    (text, { name }) => text.replaceAll(`require("./${name}")`, `require("./${PACK}")("${name}")`),
    code,
  );
const pack = `const chunks = {
${packed.map(({ name, code }) => `"${name}": (module) => {\n${code}}`).join(',\n')}
};
const loaded = {};
module.exports = (name) => {
  if (!loaded[name]) chunks[name]((loaded[name] = { exports: {} }));
  return loaded[name].exports;
};
`;

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
writeFileSync(`${OUT}/package.json`, '{ "type": "commonjs" }\n');
writeFileSync(`${OUT}/${PACK}`, withPack(pack));
for (const { name, code } of chunks.filter((chunk) => !isPacked(chunk))) {
  writeFileSync(`${OUT}/${name}`, withPack(code));
}
chmodSync(`${OUT}/exchange-sync.js`, 0o755);
