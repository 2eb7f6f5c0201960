import { build } from 'esbuild';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';

// Every user may run what one user has built.
process.umask(0o022);
chmodSync('dist', 0o755);
rmSync('dist/bin', { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ['bin/exchange-sync.ts'],
  outdir: 'dist/bin',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // Each dynamic import becomes a file of its own, which only the commands that need it load.
  splitting: true,
  // The first two have files that are not JavaScript; the others are for exchanges that are not supported.
  external: ['@electric-sql/pglite', 'fs-native-extensions', 'protobufjs', 'undici'],
  // Bundled CommonJS packages call `require` for modules of Node.
  banner: { js: 'const require = process.getBuiltinModule;' },
  // Smaller files take less memory. Names and short lines stay, for the stack trace of a bug.
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 120,
  metafile: true,
  logLevel: 'warning',
});
// Which sources are in which file; not part of the package.
writeFileSync('dist/bundle.json', JSON.stringify(metafile));
