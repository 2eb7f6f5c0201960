import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import type { Sql } from 'postgres';
import { migrate, MIGRATIONS } from '../../src/database/migrate.js';
import { type Database, withDatabase } from '../../src/database/with-database.js';
import type { DatabaseSettings, ServerSettings } from '../../src/models/settings.js';
import { isBehind, SYNC, syncAtOnce } from '../simulation/campaign.js';
import { openProgram, type Program, serverEnv } from '../simulation/program.js';
import { complaints } from '../simulation/prove.js';
import { Random } from '../simulation/random.js';
import { Story } from '../simulation/story.js';
import { compareTruth } from '../simulation/truth.js';
import { type Simulator, startSimulator } from '../simulator/simulator.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { type EarlierRows, fetchRows, storeAsOf, whatStays } from './earlier-rows.js';

const TRADES = 90;
const MOST_RUNS = 12;
const LEVELS = MIGRATIONS.slice(0, -1).map(({ version }) => version);

let server: TestServer;
let simulator: Simulator;
let story: Story;
let rows: EarlierRows;
/** Where the rows were stored by this version. */
let synced: ServerSettings;

/** The rows are those of two syncs in the middle of the history, which goes on afterwards. */
beforeAll(async () => {
  server = await startPostgres();
  const random = new Random(4711);
  story = new Story(random, TRADES);
  simulator = await startSimulator({ world: story.world });
  synced = await server.createDatabase();
  for (const share of [0.4, 0.5]) {
    story.tell(TRADES * share);
    await syncAtOnce({ story, simulator, random, database: synced });
  }
  rows = await on(synced, ({ run }) => run(fetchRows));
  story.tell(TRADES);
  story.end();
}, 300_000);
afterAll(async () => {
  await simulator.stop();
  await server.stop();
});

const on = <T>(settings: DatabaseSettings, work: (database: Database) => Promise<T>): Promise<T> =>
  withDatabase(settings, { lockWaitMs: 0 }, work);

/** Migrations 1 to `level`, and the rows as the version that ended there stored them. */
const makeEarlier = (settings: DatabaseSettings, level: number) =>
  on(settings, async (database) => {
    await migrate(
      database,
      MIGRATIONS.filter(({ version }) => version <= level),
    );
    await database.run((sql) => storeAsOf(sql, level, rows));
    return await database.run(whatStays);
  });

/** The last level with a table for each kind of record. */
const BEFORE_EVENTS = 13;

/** When it was shown and synced; to an embedded database, which has the clock of the story, runs on a server are of the future. */
const MOMENTS =
  /(never )?synced[^,\n]*,|\d+ (s|min) ago|just now|^ *"(generatedAt|since|from|to|lastSuccess)": ["n].*$/gm;

/** What every view of `show` prints, without the moments at which things were done. */
async function shown(program: Program): Promise<Record<string, string>> {
  const views = ['', '--bridge 400d', '--period all', '--history 400d'];
  const lists = ['BTC', 'BNB'].map((asset) => `--trades ${asset}`);
  const said: Record<string, string> = {};
  for (const view of [...views, ...lists].flatMap((view) => [view, `${view} --format json`])) {
    const { code, stdout, stderr } = await program.run(['show', ...view.split(' ').filter(Boolean)]);
    expect({ view, code, stderr }).toEqual({ view, code: 0, stderr: '' });
    said[view] = stdout.replaceAll(MOMENTS, '');
  }
  return said;
}

test('records of the last level before events are shown as those that this version stored', async () => {
  const program = openProgram(story, simulator.url, serverEnv(synced));
  const wanted = await shown(program);
  expect(wanted['--trades BTC --format json']).toContain('"trade');
  const settings = await server.createDatabase();
  const embedded = openProgram(story, simulator.url, {});
  const directory = join(embedded.dataDirectory, 'database');
  for (const [opened, earlier] of [
    [openProgram(story, simulator.url, serverEnv(settings)), settings],
    [embedded, { kind: 'embedded', directory } as const],
  ] as const) {
    await makeEarlier(earlier, BEFORE_EVENTS);
    await on(earlier, (database) => migrate(database));
    expect(await shown(opened)).toEqual(wanted);
    opened.end();
  }
  program.end();
}, 600_000);

/** The run after the first looks for what the books of the earlier version leave open. */
const FEWEST_RUNS = 2;

async function syncUntilSettled(program: Program): Promise<void> {
  for (let runs = 1; ; runs += 1) {
    story.world.start();
    const { code, stderr } = await program.run(SYNC);
    story.world.stop();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const isSettled = runs >= FEWEST_RUNS && !(await isBehind(program));
    if (runs === MOST_RUNS || isSettled) return;
  }
}

/** Of tables that are named as people name them. */
const untrue = async (sql: Sql): Promise<string[]> => {
  await sql`set search_path = public`;
  const differences = await compareTruth(story, sql);
  return differences.filter((difference) => !difference.includes('kraken'));
};

/** Synced over, with all that is kept; gives what is not true, and what `check` says of it. */
async function upgrade(settings: DatabaseSettings, program: Program, level: number) {
  const before = await makeEarlier(settings, level);
  expect(before.length).toBeGreaterThan(0);
  await syncUntilSettled(program);
  const after = new Set(await on(settings, ({ run }) => run(whatStays)));
  expect(before.filter((row) => !after.has(row))).toEqual([]);
  return {
    differences: await on(settings, ({ run }) => run(untrue)),
    told: await complaints(story, program),
  };
}

const TRUE = { differences: [], told: [] };

test.each(LEVELS)(
  'a server with the rows of migration %i is brought up to date by a sync: all is kept, and the figures are true',
  async (level) => {
    const settings: ServerSettings = await server.createDatabase();
    const program = openProgram(story, simulator.url, serverEnv(settings));
    expect(await upgrade(settings, program, level)).toEqual(TRUE);
    program.end();
  },
  300_000,
);

test.each(LEVELS.filter((level) => level === 3 || level === LEVELS.length))(
  'so is an embedded database with those of migration %i',
  async (level) => {
    const program = openProgram(story, simulator.url, {});
    const directory = join(program.dataDirectory, 'database');
    expect(await upgrade({ kind: 'embedded', directory }, program, level)).toEqual(TRUE);
    program.end();
  },
  300_000,
);
