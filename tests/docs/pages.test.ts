import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { helpOf } from './help-of.js';
import { PAGES } from './pages.js';
import { withSection } from './section.js';
import { shownCommands, withUsage } from './usage.js';

const MAX_README_LINES = 300;

describe('what npm run docs writes is up to date', () => {
  test.each(Object.entries(PAGES))('in %s', async (path, write) => {
    const page = readFileSync(path, 'utf8');
    expect(page).toBe(await write(page));
  });
});

test('src/cli/README.md shows the usage of the program and of every command', () => {
  expect(shownCommands(readFileSync('src/cli/README.md', 'utf8'))).toEqual([
    ...['--help', 'sync --help', 'show --help', 'check --help'],
    ...['account --help', 'export --help', 'completion --help'],
  ]);
});

test('README.md is short', () => {
  expect(readFileSync('README.md', 'utf8').split('\n').length).toBeLessThanOrEqual(MAX_README_LINES);
});

test('a section is what is between its markers; a page without them is an error', () => {
  const page = '<!-- a: by x -->\nold\n<!-- end of a -->\n<!-- b: by x -->\nkept\n<!-- end of b -->\n';
  expect(withSection(page, 'a', '| $& |')).toBe(page.replace('old\n', () => '\n| $& |\n\n'));
  expect(() => withSection(page, 'c', '')).toThrow('markers of c');
});

test('only the blocks that show --help are rewritten', () => {
  const other = '```text\n$ exchange-sync show\nBTC\n```\n';
  const stale = '```text\n$ exchange-sync show --help\nold\n\nolder\n```\n';
  expect(withUsage(`${other}${stale}${other}`, (args) => `new ${args.join('+')}\n`)).toBe(
    `${other}\`\`\`text\n$ exchange-sync show --help\nnew show+--help\n\`\`\`\n${other}`,
  );
});

test('durations are shown as they are written, and a flag has no default', () => {
  const help = helpOf(['sync', '--help']) + helpOf(['check', '--help']);
  expect(help).toContain('(default: 25m)');
  expect(help.replaceAll(/\s+/g, ' ')).toContain('(default: 65m)');
  expect(help).not.toMatch(/default:\s+(false|\d{5})/);
});
