import { afterEach, expect, jest, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { type ClientStage, openClient } from '../support/client.js';

const HOUR_MS = 3_600_000;

let stage: ClientStage;

afterEach(async () => {
  jest.restoreAllMocks();
  await stage.end();
});

test('a clock that is set back by hours does not hold up the requests that wait for their turn', async () => {
  const { now } = Date;
  // Before ccxt is loaded, which keeps the function that it finds.
  const clock = jest.spyOn(Date, 'now');
  stage = await openClient();
  await stage.client.readClockOffset();
  const begin = performance.now();
  const asked = Promise.all(Array.from({ length: 20 }, () => stage.client.readClockOffset()));
  await pause(15);
  clock.mockImplementation(() => now.call(Date) - 2 * HOUR_MS);
  await asked;
  expect(performance.now() - begin).toBeLessThan(3_000);
  expect(stage.simulator.requests).toHaveLength(21);
});
