import { afterEach, describe, expect, test } from '@jest/globals';
import type postgres from 'postgres';
import type { ServerSettings } from '../../src/models/settings.js';
import { type CliResult, statusOf } from '../support/cli.js';
import { type CutLine, startCutLine } from '../support/cut-line.js';
import { holdCommit, type Moment, quiet } from '../support/held-commit.js';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';
import { fetchStored } from '../support/stored.js';
import { until } from '../support/until.js';
import { urlOf } from '../support/urls.js';
import { fault } from './fault.js';

const BUY = { symbol: 'BTCUSDT', side: 'Buy', amount: '0.2', price: '60000' } as const;

let database: ServerSettings;
let line: CutLine;
let stage: Stage;
let sql: postgres.Sql;
/** What the first sync stored. */
let before: Awaited<ReturnType<typeof fetchStored>>;

onServer('each', async (opened) => {
  ({ database, stage, sql } = opened);
  line = await startCutLine(opened.server.port);
  fill(stage.account, stage.simulator.world.now());
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
  before = await fetchStored(sql);
  stage.account.trade(BUY);
});
afterEach(() => {
  line.close();
});

const syncUntilCommit = (moment: Moment, env: Record<string, string> = {}, args: readonly string[] = []) =>
  holdCommit(sql, moment, () => stage.start(['sync', ...args], { env }));

async function expectNothingWritten(): Promise<void> {
  expect(await fetchStored(sql)).toEqual(before);
}

/** The trades stored, and the bitcoin held everywhere: 0.2 less a fee of 0.0002 is added to 0.0599. */
async function expectWhole(trades = 4, held = '0.2597'): Promise<void> {
  const [row] = await sql`
    select (select count(*)::int from exchange_sync.trades) as trades,
           (select quantity from portfolio_items where asset = 'BTC') as item,
           (select quantity from exchange_sync.holdings where asset = 'BTC') as holding,
           (select quantity from exchange_sync.pools where asset = 'BTC') as pool`;
  expect(row).toEqual({ trades, item: held, holding: held, pool: held });
}

async function expectNextRunWhole(trades = 4, held = '0.2597'): Promise<void> {
  // A killed run's lease ends by itself after two minutes.
  await sql`update exchange_sync.leases set expires_at = now()`;
  expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
  await expectWhole(trades, held);
}

const saying = (code: number, words: RegExp): Partial<CliResult> =>
  ({ code, stderr: expect.stringMatching(words) as unknown }) as Partial<CliResult>;

describe('the program is killed during the commit', () => {
  // Once the statement runs it is carried out whole.
  fault(2, async () => {
    const { child, ended, free } = await syncUntilCommit('in its first row');
    child.kill('SIGKILL');
    expect(statusOf(await ended)).toBe(137);
    await expectNothingWritten();
    await free();
    await quiet(sql);
    await expectWhole();
    await expectNextRunWhole();
  });

  test('a balance that it could not explain is asked about by the next run too', async () => {
    stage.account.convert({ from: 'USDT', to: 'MNT', amount: '70' });
    const toldLate = stage.account.conversions.pop();
    const { child, ended, free } = await syncUntilCommit('in its first row');
    child.kill('SIGKILL');
    await ended;
    await free();
    await quiet(sql);
    if (toldLate) stage.account.conversions.push(toldLate);
    await expectNextRunWhole(5);
    expect(await sql`select from exchange_sync.trades where kind = 'convert'`).toHaveLength(1);
  });

  test('before the statement runs nothing is written, and the next run is whole', async () => {
    const { child, ended, free } = await syncUntilCommit('before its first row');
    child.kill('SIGKILL');
    await ended;
    await free();
    await quiet(sql);
    await expectNothingWritten();
    await expectNextRunWhole();
  });
});

describe('the program is told to stop during the commit', () => {
  fault(5, async () => {
    const { child, ended, free } = await syncUntilCommit('in its first row');
    child.kill('SIGTERM');
    await free();
    expect((await ended).code).toBe(143);
    await expectWhole();
    expect(await sql`select from exchange_sync.leases`).toHaveLength(0);
  });

  test('it ends with 143 though the database does not, and the next run is whole', async () => {
    const { child, ended, free } = await syncUntilCommit('in its first row');
    child.kill('SIGTERM');
    expect(await ended).toMatchObject(saying(143, /SIGTERM/));
    await expectNothingWritten();
    await free();
    await quiet(sql);
    await expectNextRunWhole();
  });
});

describe('the database fails during the commit', () => {
  fault(9, async () => {
    const { ended, backend } = await syncUntilCommit('in its first row');
    // The server takes a dead backend for damage: it throws everybody out and recovers.
    process.kill(backend, 'SIGKILL');
    expect(await ended).toMatchObject(saying(74, /was lost: the server closed it/));
    await quiet(sql);
    await expectNothingWritten();
    await expectNextRunWhole();
  });

  test.each(['in its first row', 'before its first row'] as const)(
    'its backend is ended %s: nothing is written, the run ends with 74 and the next is whole',
    async (lock) => {
      const { ended, backend, free } = await syncUntilCommit(lock);
      await sql`select pg_terminate_backend(${backend})`;
      expect(await ended).toMatchObject(saying(74, /was lost: the server closed it/));
      await expectNothingWritten();
      const [failed] = await sql`select success, error_message from sync_history order by id desc limit 1`;
      expect(failed).toMatchObject({
        success: false,
        error_message: expect.stringContaining('lost') as unknown,
      });
      expect(await sql`select from exchange_sync.leases`).toHaveLength(0);
      await free();
      await expectNextRunWhole();
    },
  );

  test('its own limit for a statement ends with 74 and names itself', async () => {
    await sql`alter role postgres in database ${sql(database.database)} set statement_timeout = '1s'`;
    const { ended, free } = await syncUntilCommit('in its first row');
    expect(await ended).toMatchObject(saying(74, /statement timeout.*statement_timeout/s));
    await free();
    await expectNothingWritten();
  });

  test('a server that falls silent ends with 124 at the deadline, and the next run is whole', async () => {
    const { ended, backend, free } = await syncUntilCommit('in its first row', {}, ['--timeout', '8s']);
    process.kill(backend, 'SIGSTOP');
    expect(await ended).toMatchObject(saying(124, /deadline of 8 s/));
    process.kill(backend, 'SIGCONT');
    await free();
    await quiet(sql);
    await expectNextRunWhole();
  });
});

describe("the commit's answer is lost", () => {
  /** A run whose commit lands without its hearing of it, and which then finds its line cut or closed. */
  const unheard = async (end: 'cut' | 'close', snapshots: number): Promise<CliResult> => {
    const env = { DATABASE_URL: urlOf({ ...database, port: line.port }) };
    const { ended, free } = await syncUntilCommit('in its first row', env);
    line.muffle();
    await free();
    await until(async () => {
      const stored = await sql`select from exchange_sync.snapshots`;
      return stored.length === snapshots ? true : undefined;
    });
    line[end]();
    return await ended;
  };

  fault(6, async () => {
    expect(await unheard('cut', 2)).toMatchObject({ code: 0, stderr: '' });
    await expectWhole();
    stage.account.trade(BUY);
    // Where the look-up fails too it cannot be told.
    expect(await unheard('close', 3)).toMatchObject(saying(74, /was lost/));
    await expectNextRunWhole(5, '0.4595');
  });
});
