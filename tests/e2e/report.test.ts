import { describe, expect, test } from '@jest/globals';
import type { Sql } from 'postgres';
import { ageStored } from '../support/aged.js';
import { htmlParts } from '../support/html-parts.js';
import { onServer } from '../support/on-server.js';
import { fill, openStage, SINCE, type Stage } from '../support/stage.js';

const DAY_MS = 86_400_000;
const DAYS_APART = 5;

/** Two syncs five days apart; bitcoin rose between them. */
async function syncTwice({ simulator: { world }, account, run }: Stage, sql: Sql): Promise<void> {
  world.advance(-DAYS_APART * DAY_MS);
  fill(account, world.now());
  const since = new Date(world.now() - DAY_MS).toISOString().slice(0, 10);
  const first = await run(['sync', '--since', since], { clockShift: -DAYS_APART * DAY_MS });
  expect(first.code).toBe(0);
  await ageStored(sql, DAYS_APART * DAY_MS);
  world.advance(DAYS_APART * DAY_MS);
  world.setPrice('BTCUSDT', '90000');
  world.setPrice('MNTUSDT', '0.5');
  expect((await run(['sync'])).code).toBe(0);
}

/** The texts of a page, with a space between any two. */
async function pageOf(stage: Stage, ...options: readonly string[]): Promise<string> {
  return await laterPageOf(stage, 0, options);
}

async function laterPageOf(stage: Stage, clockShift: number, options: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await stage.run(['show', '--format', 'html', ...options], { clockShift });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return htmlParts(stdout)
    .flatMap((part) => (part.kind === 'text' ? (part.text.match(/\S+/g) ?? []) : []))
    .join(' ');
}

let stage: Stage;

onServer('all', async (opened) => {
  ({ stage } = opened);
  await syncTwice(stage, opened.sql);
});

describe('show --format html', () => {
  test('is a page with holdings, history and bridge of one reading of the database', async () => {
    const page = await pageOf(stage);
    // 6527.33 USDT + 0.0599 BTC x 90000 + 100 MNT x 0.5
    expect(page).toContain('Total value 11,968.33 USD Cost known for 2 of 2 assets.');
    expect(page).toContain('Value over 30 days');
    expect(page).toContain('→ 11,968.33 USD');
    expect(page).toContain('BTC 45.04%');
    expect(page).toContain('Why it changed over 5 days');
    expect(page).toMatch(/Value before [\d,.]+ Price moves \+[\d,.]+ Realized, before fees 0\.00/);
    expect(page).toMatch(/Value now 11,968\.33/);
    expect(page).toMatch(/BTC 5,391\.00 45\.04% \+[\d,.]+ \+[\d.]+% 0\.0599 [\d,.]+ 90,000\.00 BTC\/USDT/);
  });

  test('takes its times from --history and --bridge, and hides amounts with --privacy', async () => {
    const page = await pageOf(stage, '--history', '90d', '--bridge', '7d', '--privacy');
    expect(page).toContain('Value over 90 days');
    expect(page).toContain('Why it changed over 5 days');
    expect(page).toContain('Value now •••••');
    expect(page).not.toMatch(/11,968|6,527|0\.0599|5,391/);
  });

  test('says what a short time holds nothing of', async () => {
    const page = await laterPageOf(stage, 60_000, ['--history', '1s', '--bridge', '1s']);
    expect(page).toContain('There is no snapshot in that period. The newest is of');
    expect(page).toContain('Total value 11,968.33 USD');
  });

  test('follows --exchange, --sort, --min-value and --group', async () => {
    const page = await pageOf(
      stage,
      '-e',
      'bybit',
      '--sort',
      'asset',
      '--min-value',
      '100',
      '--group',
      'asset',
    );
    expect(page).toContain('1 asset under 100 USD not shown, but in the totals.');
    expect(page).toMatch(/P&L Quantity Avg entry Price BTC .* USDT .* Total 11,968\.33/);
  });

  test.each([
    [['--period', '7d'], 'Results', 'Realized in all'],
    [['--trades', 'BTC'], 'Transactions of BTC', 'BTC of bybit'],
    [['--history', '30d', '--asset', 'BTC'], 'Value over time', 'BTC of bybit'],
  ])('with %j is a page of its own', async (args, title, content) => {
    const result = await stage.run(['show', '--format', 'html', ...args]);
    expect(result.code).toBe(0);
    expect(result.stdout).toContain(`<h1>${title}</h1>`);
    expect(result.stdout).toContain(content);
  });

  test.each([
    [['--json'], '--json cannot be used with --format html'],
    [['--limit', '5'], "'--limit' only works with --trades"],
  ])('with %j is a usage error, 64', async (args, hint) => {
    const result = await stage.run(['show', '--format', 'html', ...args]);
    expect(result).toMatchObject({ code: 64, stdout: '' });
    expect(result.stderr).toContain(hint);
  });
});

test('before the first sync there is no page, 66, and no database is made', async () => {
  const env = { EXCHANGE_SYNC_DATA_DIR: `${stage.folder}/other` };
  const result = await stage.run(['show', '--format', 'html'], { env, without: ['DATABASE_URL'] });
  expect(result).toMatchObject({ code: 66, stdout: '' });
  expect(result.stderr).toContain('exchange-sync sync');
});

test('the embedded database gives the page too, and after one sync the reason why there is no bridge', async () => {
  const embedded = await openStage();
  fill(embedded.account, embedded.simulator.world.now());
  expect((await embedded.run(['sync', ...SINCE])).code).toBe(0);
  const page = await pageOf(embedded);
  await embedded.end();
  expect(page).toMatch(/Total value [\d,]+\.\d\d USD/);
  expect(page).toContain('There is no bridge to show: there is one snapshot so far, and a bridge takes two.');
});
