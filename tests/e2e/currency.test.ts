import { expect, test } from '@jest/globals';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';

let stage: Stage;

interface Shown {
  readonly currency: string;
  readonly rate: Readonly<Record<string, unknown>> | null;
  readonly totals: { readonly value: string };
  readonly accounts: readonly {
    readonly holdings: readonly { readonly asset: string; readonly cost: string }[];
  }[];
}

/** The dollar costs 0.8 euros; bitcoin is bought at 60,000 dollars less a fee in kind. */
onServer('all', async (opened) => {
  ({ stage } = opened);
  const { world } = stage.simulator;
  world.addMarket('USDT', 'EUR', '0.8');
  world.setPrice('USDTEUR', '0.8');
  world.setPrice('BTCUSDT', '90000');
  fill(stage.account, world.now());
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0 });
});

const shown = async (...args: string[]) =>
  JSON.parse((await stage.run(['show', '--format', 'json', ...args])).stdout) as Shown;

test('show --currency converts by the rate that the sync stored, and says which', async () => {
  const { code, stdout } = await stage.run(['show', '--currency', 'eur', '--sort', 'asset']);
  expect(code).toBe(0);
  expect(stdout).toContain(', in EUR\n');
  expect(stdout).toMatch(/BTC +0\.0599 .* 72,000(\.00)? /);
  const text = stdout.replace(/\s+/g, ' ');
  expect(text).toContain('Converted from USD at 1 EUR = 1.25 USD (USDT/EUR inverted, just now)');
  expect(text).toContain('USDT counted as 1 USD, without P&L.');
});

test('json has the same figures and the rate, exactly', async () => {
  const [dollars, euros] = [await shown(), await shown('--currency', 'EUR')];
  expect([dollars.currency, dollars.rate, euros.currency]).toEqual(['USD', null, 'EUR']);
  expect(euros.rate).toMatchObject({
    price: '1.25',
    priceCurrency: 'USD',
    priceRoute: ['USDT/EUR inverted'],
    pricedAt: expect.stringMatching(/Z$/) as unknown,
  });
  expect(Number(euros.totals.value) / Number(dollars.totals.value)).toBeCloseTo(0.8, 10);
  const { stdout } = await stage.run(['show', '--format', 'csv', '--currency', 'EUR']);
  expect(
    stdout
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .every((row) => row.endsWith(',EUR,')),
  ).toBe(true);
});

test('a currency without a stored rate is refused with the available ones, 66', async () => {
  const { code, stderr } = await stage.run(['show', '--currency', 'CHF']);
  expect(code).toBe(66);
  expect(stderr).toContain('no CHF exchange rate is available');
  expect(stderr.replace(/\s+/g, ' ')).toContain('Available: EUR, USD.');
});

test.each([
  [['--currency', 'XYZ'], 'Choose: USD, EUR, GBP'],
  [['--currency', 'EUR', '--history', '7d'], "'--currency' has no effect with --history"],
  [['--currency', 'EUR', '--format', 'html'], "'--currency' has no effect with --format html"],
])('show %j is a usage error, 64', async (args, hint) => {
  const { code, stderr } = await stage.run(['show', ...args]);
  expect(code).toBe(64);
  expect(stderr).toContain(hint);
});
