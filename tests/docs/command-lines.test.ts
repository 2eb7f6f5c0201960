import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { anchorsOf } from './anchors.js';

const PAGES = ['README.md', ...['src', 'tests'].flatMap((folder) => pagesBelow(folder))];
const COMMANDS = [[], ['sync'], ['show'], ['check'], ['export'], ['completion']];

/** Everything that a user may copy into a shell: blocks and quoted commands of pages, crontab lines, help texts. */
function commandLines(): readonly string[] {
  const pages = PAGES.map((page) => readFileSync(page, 'utf8')).flatMap((text) => [
    ...[...text.matchAll(/^```(?:sh|text)\n(.*?)^```$/gms)].flatMap(([, block = '']) => block.split('\n')),
    ...[...text.matchAll(/`([^`\n]+)`/g)].map(([, quoted = '']) => quoted),
  ]);
  const help = COMMANDS.map((args) =>
    execFileSync(process.execPath, ['dist/bin/exchange-sync.js', ...args, '--help'], { encoding: 'utf8' }),
  );
  const files = ['crontab.example', '.env.example'].map((name) => readFileSync(name, 'utf8'));
  return [...pages, ...[...help, ...files].flatMap((text) => text.split('\n'))];
}

const LINES = commandLines();

test('no command line carries a key, not even as a placeholder before the command', () => {
  expect(LINES.length).toBeGreaterThan(500);
  expect(LINES.filter((line) => carriesKey(line))).toEqual([]);
  expect(carriesKey('BYBIT_API_KEY=… npx exchange-sync sync')).toBe(true);
});

test('npx never asks a registry for the program', () => {
  const runs = LINES.filter((line) => /\bnpx\b/.test(line) && !line.startsWith('npx --no-install '));
  // README.md warns of this one by name.
  expect(runs).toEqual(['npx exchange-sync']);
});

describe('what the pages link to is there, file and heading', () => {
  test.each(PAGES)('%s', (page) => {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)];
    const broken = links
      .map(([, path = '', anchor]) => ({ target: path === '' ? page : join(dirname(page), path), anchor }))
      .filter(({ target, anchor }) => !isThere(target, anchor));
    expect(broken).toEqual([]);
  });

  test('a file or heading that is not there is found', () => {
    expect(isThere('tests/README.md', 'fault-table')).toBe(true);
    expect(isThere('tests/README.md', 'no-such-heading')).toBe(false);
    expect(isThere('tests/NO.md', undefined)).toBe(false);
  });
});

test('every page of src and tests is linked from another page', () => {
  const linked = PAGES.flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#\s:]+)/g)].map(([, path = '']) =>
      join(dirname(page), path),
    ),
  );
  expect(PAGES.slice(1).filter((page) => !linked.includes(page))).toEqual([]);
});

test('src/deploy/README.md links every file of its folder', () => {
  const linked = readFileSync('src/deploy/README.md', 'utf8');
  const files = readdirSync('src/deploy').filter((name) => !['README.md', 'secrets'].includes(name));
  expect(files.filter((name) => !linked.includes(`](${name})`))).toEqual([]);
});

test('the memory that each database takes is stated, and what to use in a container', () => {
  const page = readFileSync('src/deploy/README.md', 'utf8');
  expect(page).toMatch(/\| embedded +\| about \d+ MB in the first sync/);
  expect(page).toMatch(/In a container use a PostgreSQL server/);
  expect(readFileSync('README.md', 'utf8')).toMatch(
    /about \d+ MB in the first sync of the embedded database/,
  );
});

/** An assignment of a key, a secret or a password, followed by a command. */
function carriesKey(line: string): boolean {
  return /\b[A-Z][A-Z0-9_]*(_KEY|_SECRET|_PASSWORD|_PASS|DATABASE_URL)=\S+ +\S*[a-z]/.test(line);
}

function pagesBelow(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('README.md')).map((name) => join(folder, name));
}

const isThere = (target: string, anchor: string | undefined): boolean =>
  existsSync(target) && (anchor === undefined || anchorsOf(readFileSync(target, 'utf8')).has(anchor));
