import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installPacked, packedFiles } from '../support/packed.js';

const EXECUTABLE = 'dist/bin/exchange-sync.js';
/** What npm always packs, what runs, and the files that cron, systemd, Prometheus and Grafana read. */
const EXPECTED = [
  ...['LICENSE', 'README.md', 'package.json', '.env.example', 'crontab.example'],
  ...readdirSync('dist/bin').map((name) => `dist/bin/${name}`),
  ...['alerts.yml', 'exchange-sync.service', 'exchange-sync.timer', 'grafana-dashboard.json'].map(
    (name) => `src/deploy/${name}`,
  ),
];

test('npm pack takes what runs and the files of deployment, readable by everybody', () => {
  const files = packedFiles();
  expect(files.map(({ path }) => path).sort()).toEqual([...EXPECTED].sort());
  expect(EXPECTED.filter((path) => /\.(map|cache|ts)$|tests?\//.test(path))).toEqual([]);
  const modes = files.map(({ path, mode }) => [path, mode & 0o777]);
  expect(modes.filter(([path, mode]) => mode !== (path === EXECUTABLE ? 0o755 : 0o644))).toEqual([]);
});

test('the tarball is enough to run the program, by the name that npm links', () => {
  const prefix = installPacked();
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const command = join(prefix, 'bin/exchange-sync');
  expect(execFileSync(command, ['--version'], { encoding: 'utf8', cwd: '/' })).toBe(`${version}\n`);
  rmSync(prefix, { recursive: true, force: true });
});

test('the package has no need of install scripts, and cannot be published by mistake', () => {
  const { scripts, private: isPrivate } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
    private: boolean;
  };
  expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$/.test(name))).toEqual([]);
  expect(isPrivate).toBe(true);
});
