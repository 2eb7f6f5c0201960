import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { prove } from '../simulation/prove.js';

let server: TestServer;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
});

test('a history synced in cuts, some of them killed, equals one sync of it all and what the exchange knows', async () => {
  const { differences, trades, runs } = await prove(server, { seed: 60, trades: 300, cuts: 5 });
  expect(differences).toEqual([]);
  expect(trades).toBeGreaterThanOrEqual(300);
  expect(runs.some(({ code }) => code === null)).toBe(true);
}, 180_000);
