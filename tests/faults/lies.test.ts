import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { playLie } from '../fuzz/play.js';
import { startPostgres, type TestServer } from '../support/postgres.js';

/** More by hand: node dist/tests/fuzz/main.js --seed 1 --runs 300. */
const SEEDS = [
  ...Array.from({ length: 25 }, (_, index) => index + 1),
  // A wallet that held something gives no answer.
  40,
];

let server: TestServer;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
});

describe('an exchange that lies in a sync', () => {
  test.each(SEEDS)(
    'by seed %i ends it with a documented status and a reason, leaves no figure that was never sent, and the truth comes after it',
    async (seed) => {
      const { lie, wrong } = await playLie(server, seed);
      expect({ lie, wrong }).toEqual({ lie, wrong: [] });
    },
    120_000,
  );
});
