import { expect } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakedClock } from '../support/faked-clock.js';
import type { Stage } from '../support/stage.js';
import { askedAt, onSynced } from '../support/synced.js';
import { fault } from './fault.js';

const TIME = '/v5/market/time';

let stage: Stage;

onSynced((opened) => {
  ({ stage } = opened);
});

const readLog = (): string => readFileSync(join(stage.folder, 'data', 'exchange_sync.log'), 'utf8');

fault(29, async () => {
  for (const [offset, told] of [
    ['-60s', /the clock of Bybit differs by (59|60)\d{3} ms from this machine's/],
    ['+1h', /the clock of Bybit differs by -(3599|3600)\d{3} ms from this machine's/],
  ] as const) {
    stage.simulator.requests.length = 0;
    expect(await stage.run(['sync'], { env: fakedClock(offset) })).toMatchObject({ code: 0, stderr: '' });
    expect(askedAt(stage, TIME)).toHaveLength(1);
    expect(readLog()).toMatch(told);
  }
  stage.simulator.requests.length = 0;
  // What it says is its time does not help: it is asked for once, and what was refused once more.
  stage.simulator.faults.add({ kind: 'edit', edit: (body) => body, path: TIME, times: 99 });
  const message = 'invalid request, timestamp';
  stage.simulator.faults.add({ kind: 'retCode', code: 10002, message, times: 99 });
  expect(await stage.run(['sync', '--timeout', '20s'], { env: fakedClock('+1h') })).toMatchObject({
    code: 77,
    stderr: expect.stringMatching(/refuses the time.*though -(3599|3600)\d{3} ms.*timedatectl/s) as unknown,
  });
  const [refused, ...rest] = stage.simulator.requests.map(({ path }) => path);
  expect(rest).toEqual([TIME, refused]);
});
