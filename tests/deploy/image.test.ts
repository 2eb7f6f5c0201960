import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { stagesOf, textsOf } from '../support/dockerfile.js';
import { yamlDocuments } from '../support/yaml.js';

const read = (name: string): string => readFileSync(`src/deploy/${name}`, 'utf8');

interface Service {
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly healthcheck: { readonly test: readonly string[] };
}

interface Compose {
  readonly services: Readonly<Record<'postgres' | 'scheduler', Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

describe('the Dockerfile', () => {
  const stages = stagesOf(read('Dockerfile'));
  const [build = [], image = []] = stages;

  test('has two stages on Node 24, and only instructions that are known', () => {
    expect(stages.map((stage) => textsOf(stage, 'FROM'))).toEqual([
      ['node:24-slim AS build'],
      ['node:24-slim'],
    ]);
    const names = stages.flat().map(({ name }) => name);
    const known = ['FROM', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'USER', 'ENTRYPOINT', 'CMD'];
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('copies files and folders of this checkout, which .dockerignore lets in, and nothing else', () => {
    const copied = textsOf(build, 'COPY').flatMap((text) => text.split(' ').slice(0, -1));
    const [all, ...lines] = read('Dockerfile.dockerignore').trim().split('\n').slice(1);
    expect(all).toBe('*');
    expect(lines.slice(-2)).toEqual(['src/deploy/secrets', '**/.env*']);
    expect(copied.map((name) => `!${name}`)).toEqual(lines.slice(0, -2));
    expect(copied.filter((name) => !existsSync(name))).toEqual([]);
  });

  test('the image takes from the build stage alone, and what it takes is what the package has', () => {
    const copied = textsOf(image, 'COPY');
    expect(copied.filter((text) => !text.startsWith('--from=build /app/'))).toEqual([]);
    expect(copied.map((text) => text.split(' ')[1])).toEqual([
      '/app/package.json',
      '/app/node_modules',
      '/app/dist/bin',
    ]);
  });

  test('no install script runs, and what only the tests need is left out', () => {
    const [run = ''] = textsOf(build, 'RUN');
    const steps = run.split(' && ');
    expect(
      steps.filter((step) => /^npm (ci|prune)/.test(step) && !step.includes('--ignore-scripts')),
    ).toEqual([]);
    expect(steps.at(-1)).toMatch(/^npm prune --omit=dev/);
  });

  test('the program runs as a user without rights, as process 1, with its data in a folder of that user', () => {
    expect(textsOf(image, 'USER')).toEqual(['node']);
    expect(image.findIndex(({ name }) => name === 'USER')).toBeGreaterThan(
      image.findLastIndex(({ name }) => name === 'RUN'),
    );
    expect(textsOf(image, 'ENTRYPOINT')).toEqual(['["exchange-sync"]']);
    expect(textsOf(image, 'ENV')).toEqual(['EXCHANGE_SYNC_DATA_DIR=/data']);
    expect(textsOf(image, 'RUN').join(' ')).toContain('install -d -o node -g node -m 0700 /data');
  });
});

describe('compose.yaml', () => {
  const [{ services, secrets }] = yamlDocuments(read('compose.yaml')) as readonly [Compose];

  test('runs PostgreSQL 17 and waits until it answers', () => {
    expect(services.postgres).toMatchObject({ image: 'postgres:17', restart: 'unless-stopped' });
    expect(services.scheduler).toMatchObject({ depends_on: { postgres: { condition: 'service_healthy' } } });
  });

  test('each service tells whether it is healthy; the scheduler by its last good sync', () => {
    expect(services.postgres.healthcheck.test.join(' ')).toContain('pg_isready');
    expect(services.scheduler.healthcheck.test).toEqual(
      expect.arrayContaining(['check', '--offline', 'last-sync']),
    );
  });

  test('the scheduler has no rights, a limit of memory, and ends a run before it is killed', () => {
    expect(services.scheduler).toMatchObject({
      init: true,
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      mem_limit: '512m',
      stop_grace_period: '30s',
    });
  });

  test('secrets are files that the services name, in a folder that git and the image do not take', () => {
    const files = Object.values(services).flatMap(({ environment }) =>
      Object.entries(environment).filter(([name]) => name.endsWith('_FILE')),
    );
    for (const [, path] of files) expect(Object.keys(secrets)).toContain(path.replace('/run/secrets/', ''));
    const named = Object.values(services).flatMap((service) => service.secrets);
    expect(new Set(named)).toEqual(new Set(Object.keys(secrets)));
    expect(Object.values(secrets).filter(({ file }) => !file.startsWith('./secrets/'))).toEqual([]);
    expect(readFileSync('.gitignore', 'utf8').split('\n')).toContain('src/deploy/secrets/');
  });
});
