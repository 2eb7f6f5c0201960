import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { BINARY } from '../support/cli.js';
import { refuseTold, watchRun } from '../support/left-secrets.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.js';
import { fill, openStage, SINCE, type Stage } from '../support/stage.js';
import { fetchStored } from '../support/stored.js';
import { urlOf } from '../support/urls.js';
import { fault } from './fault.js';

const NEW_TRADES = 400;

let disk: SmallDisk;
let server: TestServer;
let stage: Stage;
let sql: postgres.Sql;

beforeAll(async () => {
  disk = mountSmallDisk(128);
  server = await startPostgres({ folder: disk.folder });
  const database = await server.createDatabase();
  stage = await openStage(database);
  sql = postgres(urlOf(database), { max: 1, onnotice: () => undefined });
  fill(stage.account, stage.simulator.world.now());
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await stage.end();
  await server.halt();
  disk.remove();
});

fault(17, async () => {
  const before = await fetchStored(sql);
  for (let count = 0; count < NEW_TRADES; count += 1) {
    stage.account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.0001', price: '60000' });
  }
  disk.fill();
  const full = await stage.run(['sync']);
  expect(full).toMatchObject({
    code: 74,
    stderr: expect.stringMatching(/disk of the database .* is full.*stored data is intact/s) as unknown,
  });
  expect(await fetchStored(sql)).toEqual(before);
  expect((await stage.run(['show'])).code).toBe(0);
  disk.makeRoom();
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
  const [trades] = await sql`select count(*)::int as count from exchange_sync.trades`;
  expect(trades).toEqual({ count: 3 + NEW_TRADES });
});

fault(46, async () => {
  const commands = [
    'show',
    'show --format json',
    'show --format csv',
    'show --format markdown',
    'show --history 7d',
  ];
  const others = [
    'sync --json',
    'sync --verbose',
    'check --offline',
    'completion bash',
    '--help',
    'sync --help',
  ];
  for (const command of [...commands, ...others]) {
    const result = await runInto('/dev/full', command.split(' '));
    expect({ command, ...result }).toMatchObject({
      command,
      code: 74,
      stderr: expect.stringContaining('could not be written') as unknown,
    });
  }
});

test('an output that fits in part ends with 74 too', async () => {
  disk.fill();
  const result = await runInto(join(disk.folder, 'shown'), ['show']);
  disk.makeRoom();
  expect(result.code).toBe(74);
});

function runInto(path: string, args: readonly string[]): Promise<{ code: number | null; stderr: string }> {
  const file = openSync(path, 'w');
  watchRun(stage.env);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [BINARY, ...args], {
      cwd: stage.folder,
      env: { PATH: process.env['PATH'] ?? '', ...stage.env },
      stdio: ['ignore', file, 'pipe'],
    });
    let stderr = '';
    child.stderr?.on('data', (text: Buffer) => (stderr += text.toString()));
    child.once('close', (code) => {
      closeSync(file);
      refuseTold(stage.env, stderr);
      resolve({ code, stderr });
    });
  });
}
