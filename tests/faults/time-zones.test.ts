import { expect } from '@jest/globals';
import type postgres from 'postgres';
import type { ServerSettings } from '../../src/models/settings.js';
import { onServer } from '../support/on-server.js';
import { QUIET, type Stage } from '../support/stage.js';
import { fault } from './fault.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** With a daylight saving of half an hour, offsets of a quarter, and a day of their own. */
const ZONES = [
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Kiritimati',
];

let stage: Stage;
let sql: postgres.Sql;
let database: ServerSettings;

onServer('each', (opened) => {
  ({ stage, sql, database } = opened);
});

/** The hour in which the zone's offset last changed. */
function lastChange(zone: string, now: number): number {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  const offset = (time: number) =>
    format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value;
  let time = Math.floor(now / HOUR_MS) * HOUR_MS;
  while (offset(time) === offset(time - HOUR_MS)) time -= HOUR_MS;
  return time;
}

const VIEWS = [
  'show --format json',
  'show --format csv',
  'show --history 300d --format csv',
  'show --history 300d --format json',
  'show --trades BTC',
  'show --trades BTC --format csv',
  'show --trades BTC --format json',
  'show --bridge 300d --format json',
];

const outputs = async (TZ: string): Promise<readonly string[]> => {
  const seen: string[] = [];
  for (const view of VIEWS) {
    const { code, stdout } = await stage.run(view.split(' '), { env: { TZ } });
    expect({ view, code }).toEqual({ view, code: 0 });
    // When it is asked for, a period ends, and so it begins.
    seen.push(stdout.replaceAll(/^ {2}"(generatedAt|since|from|to)": .*$/gm, ''));
  }
  return seen;
};

fault(
  47,
  async () => {
    const { account, simulator } = stage;
    const change = lastChange('America/New_York', simulator.world.now() - HOUR_MS);
    account.deposit('USDT', '10000', { time: change - 48 * HOUR_MS });
    // Half an hour before a day of UTC, which has begun in the east. By the clock on the wall of New York
    // two of the others are at the same time, or one is in no time.
    const times = [
      Math.floor(change / DAY_MS) * DAY_MS - HOUR_MS / 2,
      ...[-90, -30, 30, 90].map((minutes) => change + minutes * 60_000),
    ];
    for (const time of times) {
      account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.01', price: '60000', time });
    }
    await sql`alter role postgres in database ${sql(database.database)} set timezone = 'Asia/Kathmandu'`;
    const since = ['--since', new Date(change - 72 * HOUR_MS).toISOString().slice(0, 10)];
    for (const TZ of ZONES) {
      expect(await stage.run(['sync', ...since], { env: { TZ } })).toMatchObject({ code: 0, stderr: QUIET });
      expect((await stage.run(['check', '--offline'], { env: { TZ } })).stdout).toMatch(/^OK: /);
    }
    const [differences] = await sql`
    select bool_and(abs(extract(epoch from start_time - now() at time zone 'utc')) < 600) as started,
           bool_and(abs(extract(epoch from created_at - now() at time zone 'utc')) < 600) as created,
           (select bool_and(abs(extract(epoch from updated_at - now() at time zone 'utc')) < 600) from portfolio_items) as items
      from sync_history`;
    expect(differences).toEqual({ started: true, created: true, items: true });
    const stored = await sql<{ time: Date }[]>`select time from exchange_sync.trades order by time`;
    expect(stored.map(({ time }) => time.getTime())).toEqual(times);
    const expected = await outputs('UTC');
    for (const zone of ZONES) expect(await outputs(zone)).toEqual(expected);
  },
  300_000,
);
