import { endpointsOf } from '../../src/client/exchange-spec.js';
import { EXCHANGES } from '../../src/client/exchanges.js';
import type { Database } from '../../src/database/with-database.js';
import { fetchLedgerStatus } from '../../src/service/ledger-status.js';
import { SETTINGS } from '../chaos/invariants/books.js';
import { fetchRecords, NOTHING, type Records } from '../chaos/records.js';
import { SYNC } from '../simulation/campaign.js';
import { openProgram, type Program, serverEnv } from '../simulation/program.js';
import { Random } from '../simulation/random.js';
import type { Shape } from '../simulation/shape.js';
import { Story } from '../simulation/story.js';
import { type Simulator, startSimulator } from '../simulator/simulator.js';
import type { TestServer } from '../support/postgres.js';
import { withSql } from '../support/with-sql.js';
import { wrongAfterLie, wrongAfterTruth, wrongWithEnd } from './judge.js';
import { drawLie, lieText, tell } from './lie.js';
import { Sent } from './sent.js';
import { tellsWallet } from './wallets.js';

export interface PlayedLie {
  readonly lie: string;
  /** How often it was told. */
  readonly told: number;
  readonly ends: readonly string[];
  readonly wrong: readonly string[];
  readonly milliseconds: number;
}

const HOUR_MS = 3_600_000;
/** What is kept of the exchange's answers is kept for a day. */
const FORGOTTEN_MS = 25 * HOUR_MS;
const MOST_RUNS_TO_SETTLE = 6;
const TRADES = 25;
/** Asked only where a clock is wrong. */
const SELDOM = new Set(['/v5/market/time', '/api/v3/time']);

/** A history of its own, one sync of which is lied to, and those after it are not. */
export async function playLie(server: TestServer, seed: number): Promise<PlayedLie> {
  const startedAt = performance.now();
  const random = new Random(seed);
  const exchange = random.pick(['bybit', 'binance'] as const);
  const shape: Shape = { accounts: [exchange], days: 6, latestSearchedMinutes: 90 };
  const story = new Story(new Random(random.whole(0, 2 ** 31)), TRADES, shape);
  const sent = new Sent();
  const simulator = await startSimulator({
    world: story.world,
    onAnswer: (heard) => {
      sent.hear(heard);
    },
  });
  const database = await server.createDatabase();
  const program = openProgram(story, simulator.url, serverEnv(database));
  const lie = drawLie(random, pathsOf(exchange));
  const before = random.chance(0.5) ? TRADES >> 1 : 0;
  try {
    return await withSql(database, async (sql) => {
      const where: Where = {
        ...{ story, simulator, program, sent, account: exchange, seed },
        database: { kind: 'server', place: database.database, run: (work) => work(sql) },
      };
      const { told, ends, wrong } = await lieOnce(where, lie, before);
      const milliseconds = Math.round(performance.now() - startedAt);
      return {
        lie: `${lieText(lie)}, of ${before > 0 ? 'a later' : 'the first'} sync`,
        told,
        ends,
        wrong,
        milliseconds,
      };
    });
  } finally {
    program.end();
    await simulator.stop();
  }
}

const pathsOf = (exchange: 'bybit' | 'binance'): string[] => {
  const spec = EXCHANGES[exchange];
  if (!spec) throw new Error(`no ${exchange}`);
  const paths = [...new Set(endpointsOf(spec).map(({ path }) => path))].filter((path) => !SELDOM.has(path));
  // A wallet has one path, a history of many kinds one each.
  return [...paths, ...paths.filter(tellsWallet), ...paths.filter(tellsWallet)];
};

export interface Where {
  readonly story: Story;
  readonly simulator: Simulator;
  readonly program: Program;
  readonly database: Database;
  readonly sent: Sent;
  readonly account: string;
  readonly seed: number;
}

async function lieOnce(where: Where, lie: ReturnType<typeof drawLie>, before: number) {
  const { story, simulator, database } = where;
  const ends: string[] = [];
  let stored: Records = NOTHING;
  if (before > 0) {
    story.tell(before);
    ends.push(...(await settle(where)));
    stored = await database.run(fetchRecords);
  }
  story.tell(TRADES);
  const told = tell(simulator, lie);
  const result = await sync(where);
  ends.push(String(result.code));
  const wrong = [
    ...wrongWithEnd(result, where.program.dataDirectory),
    ...(await wrongAfterLie(where, stored)),
  ];
  simulator.faults.clear();
  story.end();
  story.rest(FORGOTTEN_MS);
  ends.push(...(await settle(where)));
  wrong.push(...(await wrongAfterTruth(where, lie.path, told)));
  return { told: told.length, ends, wrong };
}

const sync = async ({ story, program }: Where) => {
  story.world.start();
  const result = await program.run(SYNC);
  story.world.stop();
  return result;
};

/** Undisturbed syncs until one has nothing to reckon in any more. */
async function settle(where: Where): Promise<string[]> {
  const { database, account } = where;
  const ends: string[] = [];
  for (let isBehind = true; isBehind && ends.length < MOST_RUNS_TO_SETTLE;) {
    const { code, stdout, stderr } = await sync(where);
    if (code !== 0) throw new Error(`an undisturbed sync ended with ${String(code)}:\n${stdout}${stderr}`);
    ends.push(String(code));
    ({ behind: isBehind } = await database.run((sql) => fetchLedgerStatus(sql, SETTINGS, account)));
  }
  return ends;
}
