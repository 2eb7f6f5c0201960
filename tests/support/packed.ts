import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from './cli.js';

export interface PackedFile {
  readonly path: string;
  readonly mode: number;
}

/** What `npm pack` puts into the tarball of the built package. */
export function packedFiles(): readonly PackedFile[] {
  const [packed] = JSON.parse(npm('pack', '--dry-run', '--json', '--ignore-scripts')) as readonly {
    readonly files: readonly PackedFile[];
  }[];
  if (!packed) throw new Error('npm pack lists no package');
  return packed.files;
}

/**
 * The tarball unpacked below a prefix, as `npm install --global` does, owned by root and writable by nobody.
 * Its dependencies are those of this checkout. Returns the folder of the package.
 */
export function installPacked(): string {
  const prefix = mkdtempSync(join(tmpdir(), 'exchange-sync-installed-'));
  chmodSync(prefix, 0o755);
  const tarball = npm('pack', '--ignore-scripts', '--silent', '--pack-destination', prefix).trim();
  const folder = join(prefix, 'lib/node_modules/exchange-sync');
  mkdirSync(folder, { recursive: true });
  const unpack = ['--extract', '--strip-components=1', '--no-same-owner', '--directory', folder];
  execFileSync('tar', [...unpack, '--file', join(prefix, tarball)]);
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(prefix, 'bin'));
  symlinkSync(
    '../lib/node_modules/exchange-sync/dist/bin/exchange-sync.js',
    join(prefix, 'bin/exchange-sync'),
  );
  execFileSync('chmod', ['-R', 'a-w', prefix]);
  return prefix;
}

const npm = (...args: readonly string[]): string =>
  execFileSync('npm', args, { cwd: PROJECT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
