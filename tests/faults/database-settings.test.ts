import { expect } from '@jest/globals';
import type postgres from 'postgres';
import type { ServerSettings } from '../../src/models/settings.js';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage, QUIET } from '../support/stage.js';
import { urlOf } from '../support/urls.js';
import { fault } from './fault.js';

let stage: Stage;
let sql: postgres.Sql;
let database: ServerSettings;

onServer('all', (opened) => {
  ({ stage, sql, database } = opened);
  fill(stage.account, stage.simulator.world.now());
});

/** What a database can have otherwise, one after the other. */
const ODD = [
  ['datestyle', 'SQL, DMY'],
  ['datestyle', 'German'],
  ['datestyle', 'Postgres, YMD'],
  ['timezone', 'Asia/Kathmandu'],
  ['intervalstyle', 'iso_8601'],
  ['standard_conforming_strings', 'off'],
  ['bytea_output', 'escape'],
  ['extra_float_digits', '-10'],
  ['array_nulls', 'off'],
  ['quote_all_identifiers', 'on'],
  ['transform_null_equals', 'on'],
  ['search_path', 'public'],
  ['default_transaction_isolation', 'serializable'],
] as const;

const VIEWS = ['show --format json', 'show --history 7d --format csv', 'show --trades BTC --format csv'];

async function outputs(): Promise<readonly string[]> {
  const seen: string[] = [];
  for (const view of VIEWS) {
    const { code, stdout } = await stage.run(view.split(' '));
    expect({ view, code }).toEqual({ view, code: 0 });
    seen.push(stdout.replaceAll(/^ {2}"generatedAt": .*$/gm, ''));
  }
  return seen;
}

fault(
  'D1',
  async () => {
    expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
    const expected = await outputs();
    const name = sql(database.database);
    for (const [setting, value] of ODD.slice(3))
      await sql`alter database ${name} set ${sql(setting)} = ${sql(value)}`;
    for (const [setting, value] of ODD.slice(0, 3)) {
      await sql`alter database ${name} set ${sql(setting)} = ${sql(value)}`;
      expect(await outputs()).toEqual(expected);
    }
    expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
    expect((await stage.run(['check', '--offline', '--skip', 'tls'])).code).toBe(0);
    const [first, second] = await sql<{ epoch: number }[]>`
      select extract(epoch from taken_at)::float8 as epoch from exchange_sync.snapshots order by taken_at`;
    expect((second?.epoch ?? 0) - (first?.epoch ?? 0)).toBeLessThan(300);
  },
  120_000,
);

fault('D2', async () => {
  await sql`create database latin encoding 'LATIN1' template template0 lc_collate 'C' lc_ctype 'C'`;
  const env = { DATABASE_URL: urlOf({ ...database, database: 'latin' }) };
  for (const command of [['sync'], ['sync', '--dry-run']]) {
    expect(await stage.run(command, { env })).toMatchObject({
      code: 78,
      stdout: '',
      stderr: expect.stringMatching(/latin is not UTF-8.*Fix: Create another with: createdb/s) as unknown,
    });
  }
  expect(await stage.run(['check', '--offline', '--only', 'database'], { env })).toMatchObject({
    code: 2,
    stdout: expect.stringContaining('is not UTF-8') as unknown,
  });
});
