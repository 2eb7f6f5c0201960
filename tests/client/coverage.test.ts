import { afterEach, expect, test } from '@jest/globals';
import { PartFailure } from '../../src/client/part-failure.js';
import type { Stream } from '../../src/models/events.js';
import type { SimulatorOptions } from '../simulator/simulator.js';
import {
  type ClientOptions,
  type ClientStage,
  openBinance,
  openClient,
  readPages,
} from '../support/client.js';

const DAY_MS = 86_400_000;
const UNIFIED_TRADING = 'Unified Trading';
const ASSETS = 'Assets > Wallet';
const CONVERTS = 'Assets > Exchange (convert history)';
const READING = 'Enable Reading';

interface Row {
  readonly part: string;
  readonly path: string;
  readonly right: string;
}

const row = (part: string, path: string, right: string): Row => ({ part, path, right });

const BYBIT: readonly Row[] = [
  row('wallet:UNIFIED', '/v5/account/wallet-balance', UNIFIED_TRADING),
  row('wallet:FUND', '/v5/asset/transfer/query-account-coins-balance', ASSETS),
  row('stream:trades', '/v5/execution/list', UNIFIED_TRADING),
  row('stream:deposits', '/v5/asset/deposit/query-record', ASSETS),
  row('stream:withdrawals', '/v5/asset/withdraw/query-record', ASSETS),
  row('stream:deposits:internal', '/v5/asset/deposit/query-internal-record', ASSETS),
  row('stream:converts', '/v5/asset/exchange/query-convert-history', CONVERTS),
  row('stream:dust', '/v5/asset/covert/small-balance-history', CONVERTS),
];

const BINANCE: readonly Row[] = [
  row('wallet:SPOT', '/api/v3/account', READING),
  row('wallet:FUNDING', '/sapi/v1/asset/get-funding-asset', READING),
  row('wallet:EARN_FLEXIBLE', '/sapi/v1/simple-earn/flexible/position', READING),
  row('wallet:EARN_LOCKED', '/sapi/v1/simple-earn/locked/position', READING),
  row('stream:trades:BTCUSDT', '/api/v3/myTrades', READING),
  row('stream:deposits', '/sapi/v1/capital/deposit/hisrec', READING),
  row('stream:withdrawals', '/sapi/v1/capital/withdraw/history', READING),
  row('stream:income', '/sapi/v1/asset/assetDividend', READING),
  row('stream:income:realtime', '/sapi/v1/simple-earn/flexible/history/rewardsRecord', READING),
  row('stream:converts', '/sapi/v1/convert/tradeFlow', READING),
  row('stream:dust', '/sapi/v1/asset/dribblet', READING),
];

/** The environments of each exchange, and which of its parts are there. */
const EXCHANGES = {
  bybit: { open: openClient, rows: BYBIT, demo: ['wallet:UNIFIED', 'stream:trades'] },
  binance: { open: openBinance, rows: BINANCE, demo: ['wallet:SPOT', 'stream:trades:BTCUSDT'] },
} as const;
type Exchange = keyof typeof EXCHANGES;

let stage: ClientStage;

afterEach(async () => {
  await stage.end();
});

const open = async (exchange: Exchange, options: ClientOptions = {}) => {
  stage = await EXCHANGES[exchange].open(options);
};

/** What came of every part: `read`, or the status and fix of its failure. */
async function outcomes(rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const reading of await stage.client.readWallets()) {
    const text = reading.status === 'read' ? 'read' : `${reading.outcome}: ${reading.fix ?? ''}`;
    found.set(`wallet:${reading.wallet}`, text);
  }
  for (const { part } of rows.filter((one) => one.part.startsWith('stream:'))) {
    const stream = part.slice('stream:'.length) as Stream;
    const outcome = await readPages(stage, stream, stage.simulator.world.now() - DAY_MS).then(
      () => 'read',
      (error: unknown) => {
        if (!(error instanceof PartFailure)) throw error;
        return `${error.status}: ${error.fix ?? ''}`;
      },
    );
    found.set(part, outcome);
  }
  return found;
}

const EVERY = (['bybit', 'binance'] as const).flatMap((exchange) =>
  EXCHANGES[exchange].rows.map((one) => [exchange, one.part, one] as const),
);

test.each(EVERY)('%s: %s alone is refused, with the permission to add', async (exchange, part, one) => {
  await open(exchange);
  stage.account.refused.add(one.path);
  for (const [name, outcome] of await outcomes(EXCHANGES[exchange].rows)) {
    if (name !== part) expect([name, outcome]).toEqual([name, 'read']);
    else expect(outcome).toContain('refused: ');
    if (name === part && exchange === 'bybit') expect(outcome).toContain(`"${one.right}"`);
    if (name === part && exchange === 'binance') expect(outcome).toContain(`"${one.right}"`);
  }
});

test.each(EVERY)('%s: a host without the path of %s lacks that alone', async (exchange, part, { path }) => {
  const missing = new Set([path]);
  await open(exchange, { simulator: { bybit: { missing }, binance: { missing } } });
  for (const [name, outcome] of await outcomes(EXCHANGES[exchange].rows)) {
    if (name !== part) expect([name, outcome]).toEqual([name, 'read']);
    else expect(outcome).toMatch(/^unavailable: .*_BASE_URL/);
  }
});

test.each([
  ['Spot', [ASSETS, CONVERTS]],
  ['Wallet', [UNIFIED_TRADING, CONVERTS]],
  ['Exchange', [UNIFIED_TRADING, ASSETS]],
  ['ContractTrade', [ASSETS, CONVERTS]],
])('a Bybit key with %s alone lacks the others, and reads what it may', async (group, lacks) => {
  await open('bybit');
  stage.account.permissions = { [group]: ['any'] };
  const rights = await stage.client.readKeyRights();
  expect(rights?.missing).toEqual(lacks);
  if (group === 'ContractTrade' || group === 'Exchange') return;
  for (const [name, outcome] of await outcomes(BYBIT)) {
    const right = BYBIT.find(({ part }) => part === name)?.right ?? '';
    const start = lacks.includes(right) ? 'refused: ' : 'read';
    expect([name, outcome.slice(0, start.length)]).toEqual([name, start]);
  }
});

test.each(['bybit', 'binance'] as const)(
  'a demo key of %s reads what a demo account has',
  async (exchange) => {
    const simulator: SimulatorOptions = { bybit: { demo: true }, binance: { testnet: true } };
    const account = { environment: 'demo' } as const;
    await open(exchange, { account, simulator });
    const { rows, demo } = EXCHANGES[exchange];
    expect(stage.client.wallets.map((name) => `wallet:${name}`)).toEqual(
      demo.filter((one) => /^wallet/.test(one)),
    );
    const read = await outcomes(rows.filter(({ part }) => demo.includes(part as never)));
    expect([...read]).toEqual(demo.map((part) => [part, 'read']));
    expect(await stage.client.readKeyRights()).toBeUndefined();
    expect(await stage.client.readAccountId()).toBeUndefined();
    await stage.client.probeKey();
  },
);

test('what Bybit refuses to demo accounts is not available here', async () => {
  await open('bybit', { simulator: { bybit: { demo: true } } });
  const read = await outcomes(BYBIT);
  const missing = [...read].filter(([, outcome]) => outcome !== 'read').map(([part]) => part);
  expect(missing).toEqual(BYBIT.filter(({ path }) => path.startsWith('/v5/asset/')).map(({ part }) => part));
  expect(read.get('wallet:FUND')).toMatch(/^unavailable: /);
});

test('the key of a sub-account cannot read withdrawals, and its id is its own', async () => {
  await open('bybit');
  stage.account.parent = 7;
  expect(await stage.client.readKeyRights()).toMatchObject({
    unavailable: ['stream:withdrawals'],
    accountId: String(stage.account.userId),
  });
});

test('the id of an account is read where it lasts', async () => {
  await open('binance');
  expect(await stage.client.readAccountId()).toBe(String(stage.account.userId));
});
