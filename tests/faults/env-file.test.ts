import { expect, test } from '@jest/globals';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onServer } from '../support/on-server.js';
import { fill, KEY, QUIET, SECRET, SINCE, type Stage } from '../support/stage.js';

const MEGABYTE = 1_000_000;
const IN_THE_FILE = ['BYBIT_API_KEY', 'BYBIT_API_SECRET', 'BYBIT_BASE_URL'];

let stage: Stage;

onServer('all', (opened) => {
  ({ stage } = opened);
  fill(stage.account, stage.simulator.world.now());
});

const plain = () =>
  `BYBIT_API_KEY=${KEY}\nBYBIT_API_SECRET=${SECRET}\nBYBIT_BASE_URL=${stage.simulator.url}\n`;
const path = () => join(stage.folder, '.env');

/** Settings that come by the file alone. */
async function syncWith(content: string | Buffer | undefined) {
  rmSync(path(), { recursive: true, force: true });
  if (content === undefined) mkdirSync(path());
  else writeFileSync(path(), content, { mode: 0o600 });
  return await stage.run(['sync', ...SINCE], { without: IN_THE_FILE });
}

test.each<[string, (text: string) => string]>([
  ['a byte-order mark and the line ends of Windows', (text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`],
  ['export before its names', (text) => text.replace(/^/gm, 'export ').trimEnd()],
  ['blanks around its signs', (text) => text.replaceAll('=', ' = ')],
  ['a name twice, of which the last counts', (text) => `BYBIT_API_KEY=anotherKey012345\n${text}`],
  ['a megabyte before what counts', (text) => `# ${'x '.repeat(MEGABYTE / 2)}\n${text}`],
])('.env with %s is what it says', async (_title, change) => {
  expect(await syncWith(change(plain()))).toMatchObject({ code: 0, stderr: QUIET });
});

const NO_TEXT = /\.env is not UTF-8 text/;

test.each<[string, (text: string) => string | Buffer | undefined, RegExp]>([
  ['of UTF-16', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'), NO_TEXT],
  ['with a NUL in a value', (text) => text.replace('KEY=', 'KEY=\0'), NO_TEXT],
  ['with a NUL in a name', (text) => text.replace('API_KEY', 'API\0_KEY'), NO_TEXT],
  [
    'of bytes that are no UTF-8',
    (text) => Buffer.from(text.replace('KEY=', 'KEY=\xff\xfe'), 'latin1'),
    NO_TEXT,
  ],
  [
    'with letters of no key',
    (text) => text.replace('KEY=', 'KEY=ключ'),
    /BYBIT_API_KEY contains an invalid character/,
  ],
  [
    'with a quote left open',
    (text) => text.replace('KEY=', 'KEY="'),
    /BYBIT_API_KEY begins with a quotation mark/,
  ],
  [
    'with a secret in an open quote',
    (text) => text.replace('SECRET=', "SECRET='"),
    /BYBIT_API_SECRET begins with a quotation mark/,
  ],
  [
    'with names in lower case',
    (text) => text.replaceAll('BYBIT', 'bybit'),
    /no exchange account is configured/,
  ],
  ['of ten megabytes', (text) => `# ${'x '.repeat(5 * MEGABYTE)}\n${text}`, /\.env is larger than/],
  [
    'of ten megabytes in an open quote',
    (text) => `A="${'x\n'.repeat(5 * MEGABYTE)}${text}`,
    /\.env is larger than/,
  ],
  ['that is a folder', () => undefined, /\.env cannot be read/],
])('.env %s is refused at once, in words', async (_title, change, said) => {
  const startedAt = performance.now();
  stage.simulator.requests.length = 0;
  const { code, stdout, stderr } = await syncWith(change(plain()));
  expect({ code, stdout, stderr }).toEqual({
    ...{ code: 78, stdout: '' },
    stderr: expect.stringMatching(said) as unknown,
  });
  expect(stderr).toContain('Fix: ');
  expect(stage.simulator.requests).toEqual([]);
  expect(performance.now() - startedAt).toBeLessThan(20_000);
});
