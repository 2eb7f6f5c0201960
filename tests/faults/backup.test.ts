import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALPHAPULSE } from '../support/alphapulse.js';
import { BINARY } from '../support/cli.js';
import { needsPackage } from '../support/needs.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { readmeBlocks } from '../support/readme.js';
import { fill, openStage, SINCE, type Stage } from '../support/stage.js';
import { urlOf } from '../support/urls.js';
import { withSql } from '../support/with-sql.js';

const [BACKUP = '', RESTORE = '', MOVE = ''] = readmeBlocks(
  'src/database/README.md',
  'Backup, restore, moving',
  'sh',
);

const [MAKE_ROLE = '', ADOPT = '', REVOKE = ''] = readmeBlocks(
  'src/database/README.md',
  'A role with few rights',
  'sql',
);

let server: TestServer;
let stage: Stage;
let database: string;

beforeAll(async () => {
  needsPackage('postgresql-client', 'psql');
  expect([BACKUP, RESTORE, MOVE, MAKE_ROLE, ADOPT, REVOKE]).not.toContain('');
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
});
/** Where README says that the data is: nobody named another place. */
beforeEach(async () => {
  stage = await openStage();
  delete stage.env['EXCHANGE_SYNC_DATA_DIR'];
  fill(stage.account, stage.simulator.world.now());
  database = join(stage.folder, '.local/share/exchange-sync/database');
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
});
afterEach(async () => {
  await stage.end();
});

/** As somebody pastes it, in a folder of theirs, with the program installed. */
function paste(lines: string, env: Readonly<Record<string, string>> = {}): string {
  const bin = join(stage.folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'exchange-sync'), `#!/bin/sh\nexec '${process.execPath}' '${BINARY}' "$@"\n`, {
    mode: 0o755,
  });
  const PATH = `${bin}:${process.env['PATH'] ?? ''}`;
  return execFileSync('sh', ['-e', '-c', lines], {
    encoding: 'utf8',
    cwd: stage.folder,
    env: { ...stage.env, PATH, ...env },
  });
}

const modeOf = (name: string): number => statSync(join(stage.folder, name)).mode & 0o777;

test("README's two lines keep the embedded database and bring it back; the next sync fetches what came since", async () => {
  const kept = await stage.show();
  paste(BACKUP);
  const [archive = ''] = readdirSync(stage.folder).filter((name) => name.endsWith('.tar.gz'));
  expect(archive).toMatch(/^exchange-sync-\d{4}-\d\d-\d\d\.tar\.gz$/);
  expect(modeOf(archive)).toBe(0o600);

  const { account, simulator } = stage;
  account.trade({
    symbol: 'BTCUSDT',
    side: 'Buy',
    amount: '0.02',
    price: '61000',
    time: simulator.world.now(),
  });
  expect((await stage.run(['sync'])).code).toBe(0);
  const later = await stage.show();
  expect(later.holdings).not.toEqual(kept.holdings);

  rmSync(join(database, 'pgdata', 'global'), { recursive: true });
  expect((await stage.run(['show'])).code).toBe(74);
  paste(RESTORE.replace(/exchange-sync-\d{4}-\d\d-\d\d\.tar\.gz/, archive));
  expect(readdirSync(database)).toEqual(expect.arrayContaining(['pgdata', 'pgdata.old']));
  expect(statSync(join(database, 'pgdata')).mode & 0o777).toBe(0o700);
  expect(await stage.show()).toEqual(kept);
  expect((await stage.run(['sync'])).code).toBe(0);
  expect(quantitiesOf(await stage.show())).toEqual(quantitiesOf(later));
  expect((await stage.run(['check', '--offline'])).code).toBe(0);
}, 240_000);

const quantitiesOf = ({ holdings }: Awaited<ReturnType<Stage['show']>>) =>
  holdings.map(({ asset, quantity, averageEntry, cost }) => ({ asset, quantity, averageEntry, cost }));

test.each([
  ['an empty database', MAKE_ROLE],
  ["one that holds AlphaPulse's tables", `${ALPHAPULSE}; ${MAKE_ROLE} ${ADOPT}`],
])(
  "README's two lines move it to a server, into %s, as README's role, which then shows and syncs the same",
  async (_where, prepare) => {
    const here = await stage.show();
    const database = await server.createDatabase();
    const role = { ...database, user: 'exchange_sync', password: 'canaryRole' };
    await withSql(database, async (sql) => {
      await sql.unsafe(prepare);
      await sql`alter role exchange_sync password ${sql.unsafe(`'${role.password}'`)}`;
    });
    const url = { DATABASE_URL: urlOf(role) };
    expect(paste(MOVE, url)).toMatch(/^exchange-sync: all \d+ rows are here\./);
    expect(modeOf('exchange-sync.sql')).toBe(0o600);
    await withSql(database, (sql) => sql.unsafe(REVOKE));
    Object.assign(stage.env, url);
    expect(await stage.show()).toEqual(here);
    expect((await stage.run(['sync'])).code).toBe(0);
    expect(quantitiesOf(await stage.show())).toEqual(quantitiesOf(here));
    expect((await stage.run(['check', '--offline', '--skip', 'tls'])).code).toBe(0);
    await withSql(database, (sql) =>
      sql.unsafe('drop owned by exchange_sync cascade; drop role exchange_sync'),
    );
  },
  240_000,
);
