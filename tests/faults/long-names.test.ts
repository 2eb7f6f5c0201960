import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Random } from '../simulation/random.js';
import type { Answer } from '../simulator/faults.js';
import { embeddedFolder } from '../support/embedded-folder.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { fill, openStage, SINCE, type Stage, QUIET } from '../support/stage.js';
import { WALLETS } from '../support/synced.js';
import { join } from 'node:path';

let server: TestServer;
let stage: Stage;

beforeAll(async () => {
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
});

/** Signs of four bytes without a pattern: no database makes them shorter. */
function noise(length: number): string {
  const random = new Random(length);
  return Array.from({ length }, () => String.fromCodePoint(random.whole(0x20000, 0x2a6d0))).join('');
}

type Rows = readonly Record<string, unknown>[];

const EXECUTIONS = '/v5/execution/list';
const DEPOSITS = '/v5/asset/deposit/query-record';

interface Named {
  readonly what: string;
  readonly path: string;
  readonly rowsOf: (body: Answer) => Rows | undefined;
  readonly field: string;
  /** How it is told where the name is too long. */
  readonly said: string;
}

const listed = ({ result }: Answer) => result.list;
const trades = { path: EXECUTIONS, rowsOf: listed };
const deposits = { path: DEPOSITS, rowsOf: ({ result }: Answer) => result.rows };
const coins = {
  path: WALLETS.unified,
  rowsOf: ({ result }: Answer) => result.list?.flatMap(({ coin }) => coin as Rows),
};

const NAMED: readonly Named[] = [
  { ...trades, what: 'a trade', field: 'execId', said: 'the id of an execution' },
  { ...trades, what: 'an order', field: 'orderId', said: 'the orderId of an execution' },
  { ...trades, what: 'the coin of a fee', field: 'feeCurrency', said: 'the asset of an execution' },
  { ...deposits, what: 'a deposit', field: 'id', said: 'the id of a deposit' },
  { ...deposits, what: 'a transaction', field: 'txID', said: 'the txid of a deposit' },
  { ...deposits, what: 'a coin that came', field: 'coin', said: 'the asset of a deposit' },
  { ...coins, what: 'a coin that is held', field: 'coin', said: 'the asset of the wallet UNIFIED' },
];
/** The list of the markets is kept: the first run alone asks for it. */
const MARKET: Named = {
  what: 'a market',
  path: '/v5/market/instruments-info',
  rowsOf: listed,
  field: 'baseCoin',
  said: 'the base of a market',
};

/** What all are refused by is before either database. */
describe.each([
  { kind: 'a server', refused: [MARKET, ...NAMED] },
  { kind: 'the embedded database', refused: NAMED.slice(0, 1) },
])('with $kind', ({ kind, refused }) => {
  beforeEach(async () => {
    stage = await openStage(kind === 'a server' ? await server.createDatabase() : undefined);
    if (kind !== 'a server') await embeddedFolder(join(stage.folder, 'data', 'database'));
    fill(stage.account, stage.simulator.world.now());
  });
  afterEach(async () => {
    await stage.end();
  });

  /** Replaces names in the first records of an answer. */
  const name = (path: string, names: readonly Named[], textFor: (field: string) => string, records = 1) => {
    stage.simulator.faults.add({
      kind: 'edit',
      path,
      times: 99,
      edit: (body) => {
        for (const { rowsOf, field } of names)
          for (const row of rowsOf(body)?.slice(0, records) ?? []) row[field] = textFor(field);
        return body;
      },
    });
  };

  test('names that no index takes are refused by their field, and nothing of them is stored', async () => {
    for (const named of refused) {
      const { what, path, said } = named;
      // In all records of the answer: one odd record among others is kept unread.
      name(path, [named], () => noise(5_000), 99);
      const { code, stdout, stderr } = await stage.run(['sync', ...SINCE]);
      expect({ what, code, stdout }).toEqual({ what, code: 65, stdout: '' });
      expect(stderr).toContain(said);
      expect(stderr.length).toBeLessThan(1_000);
      stage.simulator.faults.clear();
    }
    expect((await stage.run(['show'])).code).toBe(66);
    expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
  }, 300_000);

  test('the longest names that are taken are stored', async () => {
    for (const path of new Set(NAMED.map((named) => named.path))) {
      const names = NAMED.filter((named) => named.path === path);
      name(path, names, (field) => noise(/coin|currency/i.test(field) ? 50 : 300));
    }
    expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
    expect((await stage.run(['show'])).stdout).toContain(noise(50).slice(0, 10));
  }, 300_000);
});
