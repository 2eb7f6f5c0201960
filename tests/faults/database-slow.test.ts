import { expect } from '@jest/globals';
import type postgres from 'postgres';
import type { ServerSettings } from '../../src/models/settings.js';
import type { CliResult } from '../support/cli.js';
import { startCutLine } from '../support/cut-line.js';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';
import { fetchStored } from '../support/stored.js';
import { urlOf } from '../support/urls.js';
import { fault } from './fault.js';

let stage: Stage;
let database: ServerSettings;
let sql: postgres.Sql;

onServer('all', (opened) => {
  ({ stage, database, sql } = opened);
  fill(stage.account, stage.simulator.world.now());
});

/** What lets a client in: how to prove its password, that the proof goes on, that it is right. */
const LETTING_IN = 3;

/** A sync over a line on which what the server says comes so much later; its deadline is no limit of the database's. */
async function syncOverSlowLine(lateMs: number, deadline: string, atOnce = 0): Promise<CliResult> {
  const line = await startCutLine(database.port);
  line.slow(lateMs, atOnce);
  const result = await stage.run(['sync', '--timeout', deadline], {
    env: { DATABASE_URL: urlOf({ ...database, port: line.port }) },
  });
  line.close();
  return result;
}

const named = (limit: RegExp) => ({ code: 74, stdout: '', stderr: expect.stringMatching(limit) as unknown });

fault(
  10,
  async () => {
    expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
    const before = await fetchStored(sql);
    const [connecting, working] = await Promise.all([
      syncOverSlowLine(11_000, '40s'),
      syncOverSlowLine(61_000, '80s', LETTING_IN),
    ]);
    expect(connecting).toMatchObject(named(/does not respond within 10 s/));
    expect(working).toMatchObject(named(/did not finish within 60 s/));
    expect(await fetchStored(sql)).toEqual(before);
  },
  300_000,
);
