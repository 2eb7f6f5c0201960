import { build, transform } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { execPath } from 'node:process';
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

/** CommonJS starts a third faster than ES modules in Node. */
const COMMONJS = { ...SMALL, format: 'cjs', supported: { 'dynamic-import': false } };

/** What commander, postgres.js and ccxt load for programs other than ours: subprocesses, sockets, other chains. */
const UNUSED = /^node:child_process$|^tls$|\/ws\/WsClient\.js$|\/(static_dependencies|protobuf)\/|^undici$/;

const withoutUnused = {
  name: 'without-unused',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: UNUSED }, () => ({ path: 'unused', namespace: 'unused' }));
    onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: 'module.exports = {}' }));
  },
};

/** An exchange of ccxt is found at run time, which no bundler can follow: here each is a file that is known. */
const withExchanges = {
  name: 'with-exchanges',
  setup({ onLoad }) {
    onLoad({ filter: /src\/client\/import-exchange\.ts$/ }, () => {
      const rows = SUPPORTED_EXCHANGES.map((id) => `${id}: () => require('./${id}.js')`);
      return {
        contents: `const exchanges = { ${rows.join(', ')} };
          export const importExchange = async (id) => await exchanges[id]();`,
      };
    });
  },
};

/** What only a sync needs is read by it alone. */
const withoutWinston = {
  name: 'without-winston',
  setup({ onResolve }) {
    onResolve({ filter: /^winston$/ }, () => ({ path: './winston.js', external: true }));
  },
};

const bundled = async (options) => {
  const { outputFiles } = await build({
    ...options,
    outdir: OUT,
    write: false,
    bundle: true,
    // Never reached, as the exchanges are files of ours; and what has files that are no JavaScript.
    external: [
      'ccxt',
      '@electric-sql/pglite',
      'fs-native-extensions',
      ...SUPPORTED_EXCHANGES.map((id) => `./${id}.js`),
    ],
    plugins: [withoutUnused, ...(options.plugins ?? [])],
    logLevel: 'warning',
  });
  return outputFiles;
};

const [program] = await bundled({
  ...COMMONJS,
  entryPoints: ['bin/exchange-sync.ts'],
  plugins: [withExchanges, withoutWinston],
});
const winston = await bundled({ ...COMMONJS, entryPoints: { winston: 'winston' } });
// esbuild splits off what the exchanges share only where they are ES modules.
const exchanges = await bundled({
  ...SMALL,
  entryPoints: SUPPORTED_EXCHANGES.map((id) => `./node_modules/ccxt/js/src/${id}.js`),
  splitting: true,
  format: 'esm',
});

/** As text of one byte a character, which V8 takes as it is. */
const ascii = (text) =>
  text.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const START = `#!/usr/bin/env node
'use strict';
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const filename = join(__dirname, 'program.js');
const compiled = join(__dirname, 'program.cache');
// Another release of V8 refuses what this one compiled, and compiles by itself.
const cachedData = existsSync(compiled) ? readFileSync(compiled) : undefined;
module.exports = new Script(readFileSync(filename, 'latin1'), { filename, cachedData });
module.exports.runInThisContext()(require);
`;

/** What V8 compiled for a start up to the database: half the time of a start goes into compiling. */
const COMPILE = `
const script = require('./exchange-sync.js');
process.on('exit', () => require('node:fs').writeFileSync('program.cache', script.createCachedData()));`;

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const write = (name, text, mode = 0o644) => {
  writeFileSync(`${OUT}/${name}`, text, { mode });
};
write('package.json', '{ "type": "commonjs" }\n');
write('exchange-sync.js', START, 0o755);
write('program.js', `(function (require) {${ascii(program.text.replace(/^#!.*/, ''))}\n})`);
for (const { path, text } of [...winston, ...exchanges]) {
  const { code } = await transform(text, COMMONJS);
  write(basename(path), ascii(code));
}
const { status, error } = spawnSync(execPath, ['--eval', COMPILE, 'exchange-sync', 'show'], {
  cwd: resolve(OUT),
  env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' },
  stdio: 'ignore',
});
// 74: no database there.
if (status !== 74) throw new Error(`the program does not start: exit status ${status}`, { cause: error });
