import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { helpOf } from './help-of.js';
import { shownCommands, withUsage } from './usage.js';

const README = readFileSync('README.md', 'utf8');

test('README.md shows the usage that the program prints; npm run docs rewrites it', () => {
  expect(README).toBe(withUsage(README, helpOf));
});

test('README.md shows the usage of the program and of every command', () => {
  expect(shownCommands(README)).toEqual([
    ...['--help', 'sync --help', 'show --help', 'check --help'],
    ...['account --help', 'export --help', 'completion --help'],
  ]);
});

test('only the blocks that show --help are rewritten', () => {
  const other = '```text\n$ exchange-sync show\nBTC\n```\n';
  const stale = '```text\n$ exchange-sync show --help\nold\n\nolder\n```\n';
  expect(withUsage(`${other}${stale}${other}`, (args) => `new ${args.join('+')}\n`)).toBe(
    `${other}\`\`\`text\n$ exchange-sync show --help\nnew show+--help\n\`\`\`\n${other}`,
  );
});

test('durations are shown as they are written, and a flag says nothing of its default', () => {
  const help = helpOf(['sync', '--help']) + helpOf(['check', '--help']);
  expect(help).toContain('(default: 25m)');
  expect(help.replaceAll(/\s+/g, ' ')).toContain('(default: 65m)');
  expect(help).not.toMatch(/default:\s+(false|\d{5})/);
});
