import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Component {
  readonly group?: string;
  readonly name: string;
  readonly hashes?: readonly { readonly alg: string }[];
  readonly properties?: readonly { readonly name: string }[];
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const wanted = read('package.json') as Locked;
const { packages } = read('package-lock.json') as { packages: Readonly<Record<string, Locked>> };
const direct = Object.entries({ ...wanted.dependencies, ...wanted.devDependencies });
const locked = Object.entries(packages).filter(([path]) => path !== '');

test('every dependency of ours is one exact version, which the lock file has too', () => {
  expect(direct.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  expect(direct.filter(([name, version]) => packages[`node_modules/${name}`]?.version !== version)).toEqual(
    [],
  );
  const { dependencies, devDependencies } = packages[''] ?? {};
  expect([dependencies, devDependencies]).toEqual([wanted.dependencies, wanted.devDependencies]);
});

test('everything that is installed here has its hash in the lock file, and comes from a registry', () => {
  const installed = locked.filter(([path]) => existsSync(path));
  expect(installed.length).toBeGreaterThan(300);
  const unsure = installed.filter(([, { integrity = '' }]) => !/^sha512-[\w+/]{86}==$/.test(integrity));
  expect(unsure.map(([path]) => path)).toEqual([]);
  expect(
    locked.filter(([, { resolved = 'https:', link }]) => link || !resolved.startsWith('https:')),
  ).toEqual([]);
});

test('what is installed is what was locked', () => {
  const other = locked.filter(([path, { version }]) => {
    const file = `${path}/package.json`;
    return existsSync(file) && (read(file) as Locked).version !== version;
  });
  expect(other.map(([path]) => path)).toEqual([]);
});

test('npm run sbom lists all that is installed with its hashes, and marks what only the tests use', () => {
  const { stdout } = spawnSync('npm', ['run', 'sbom', '--silent'], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  const { bomFormat, components } = JSON.parse(stdout) as { bomFormat: string; components: Component[] };
  expect(bomFormat).toBe('CycloneDX');
  const onlyTests = (name: string) =>
    components
      .filter(
        (component) => (component.group ? `${component.group}/${component.name}` : component.name) === name,
      )
      .map(({ hashes, properties }) => [
        hashes?.[0]?.alg,
        (properties ?? []).some(({ name: mark }) => mark === 'cdx:npm:package:development'),
      ]);
  for (const name of Object.keys(wanted.dependencies ?? {})) {
    expect([name, onlyTests(name)]).toEqual([name, expect.arrayContaining([['SHA-512', false]])]);
  }
  expect(onlyTests('jest')).toEqual([['SHA-512', true]]);
});
