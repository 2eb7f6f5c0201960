import { expect } from '@jest/globals';
import { onServer, type ServerStage } from '../support/on-server.js';
import { nodeOf } from '../support/runtimes.js';
import { KEY, SECRET, SINCE } from '../support/stage.js';
import { fault } from './fault.js';

let opened: ServerStage;

onServer('all', (stage) => {
  opened = stage;
});

const MARKETS = '/api/v3/exchangeInfo';
/** Their memory for parsed JSON differs. */
const NODE_VERSIONS = [20, 24] as const;
const HEAP = '--max-old-space-size=256';

/** What takes twenty times its size in memory once it is parsed. */
const emptyObjects = (bytes: number): string => `[${'{},'.repeat(bytes / 3)}{}]`;

fault(
  'C8',
  async () => {
    const { stage, sql } = opened;
    const { simulator } = stage;
    stage.account.deposit('USDT', '10000');
    const env = {
      EXCHANGE_SYNC_EXCHANGES: 'binance,binance/b,bybit',
      BINANCE_API_KEY: KEY,
      BINANCE_API_SECRET: SECRET,
      BINANCE_BASE_URL: simulator.url,
      BINANCE_B_API_KEY: `${KEY}b`,
      BINANCE_B_API_SECRET: SECRET,
      BINANCE_B_BASE_URL: simulator.url,
      NODE_OPTIONS: HEAP,
    };
    simulator.world.addAccount(`${KEY}b`, SECRET);
    // One is larger than what is read; the other is within it, and has more values than an answer may have.
    for (const [bytes, said] of [
      [60_000_000, /larger than 16777216 bytes/],
      [12_000_000, /more than 1048576 values/],
    ] as const) {
      simulator.faults.add({ kind: 'body', body: emptyObjects(bytes), path: MARKETS, times: 99 });
      for (const version of NODE_VERSIONS) {
        const node = nodeOf(version);
        const { code, stderr } = await stage.run(['sync', ...SINCE, '--timeout', '60s'], { env, node });
        expect({ version, bytes, code, stderr }).toEqual({
          version,
          bytes,
          code: 3,
          stderr: expect.stringMatching(said) as unknown,
        });
      }
      simulator.faults.clear();
    }
    const rows = await sql`select exchange_id, quantity::text from portfolio_items order by exchange_id`;
    // A list that is larger than what is read costs the list alone.
    expect(rows).toEqual([
      { exchange_id: 'binance', quantity: '10000' },
      { exchange_id: 'bybit', quantity: '10000' },
    ]);
    expect(await sql`select from exchange_sync.leases`).toEqual([]);
  },
  300_000,
);
