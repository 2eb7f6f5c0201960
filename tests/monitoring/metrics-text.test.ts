import { describe, expect, test } from '@jest/globals';
import { parseDecimal } from '../../src/models/decimal.js';
import { type AccountMetrics, FAMILIES } from '../../src/monitoring/families.js';
import { parseSamples, type PreviousFile, renderMetrics } from '../../src/monitoring/metrics-text.js';
import { parsePrometheusText } from '../support/prometheus-text.js';

const NOTHING_BEFORE: PreviousFile = { samples: [], keepsOthers: false };
const FIFTY_DIGITS = '12345678901234567890.123456789012345678901234567891';

const WHOLE: AccountMetrics = {
  account: 'bybit',
  lastSuccess: 1_764_000_000_123,
  lastRun: 1_764_000_001_000,
  milliseconds: 1_250,
  inStep: true,
  exitCode: 0,
  requests: 6,
  retries: 1,
  newTrades: 2,
  items: 7,
  unpricedItems: 1,
  value: parseDecimal(FIFTY_DIGITS),
  realized: parseDecimal('-20.50'),
  unrealized: parseDecimal('0'),
  driftingItems: 0,
  newDriftingItems: 0,
  costKnown: parseDecimal('0.975'),
  keyExpiresAt: 1_770_000_000_000,
};

/** A run that failed before it knew anything but its account. */
const FAILED: AccountMetrics = {
  account: 'bybit',
  lastSuccess: undefined,
  lastRun: 1_764_000_001_000,
  milliseconds: 30,
  inStep: false,
  exitCode: 74,
  requests: undefined,
  retries: undefined,
  newTrades: undefined,
  items: undefined,
  unpricedItems: undefined,
  value: undefined,
  realized: undefined,
  unrealized: undefined,
  driftingItems: undefined,
  newDriftingItems: undefined,
  costKnown: undefined,
  keyExpiresAt: undefined,
};

const render = (accounts: readonly AccountMetrics[], previous = NOTHING_BEFORE) =>
  renderMetrics(accounts, previous, 'USD');

/** `{ 'name{labels}': value }` of a text that fits the format. */
const flat = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...parsePrometheusText(text)].flatMap(([name, { samples }]) =>
      [...samples].map(([labels, value]) => [`${name.replace('exchange_sync_', '')}{${labels}}`, value]),
    ),
  );

describe('the text', () => {
  test('has every figure of an account, in seconds, as shares and to 8 decimals', () => {
    expect(flat(render([WHOLE]))).toEqual({
      'last_success_timestamp_seconds{account="bybit"}': '1764000000.123',
      'last_run_timestamp_seconds{account="bybit"}': '1764000001',
      'last_run_duration_seconds{account="bybit"}': '1.25',
      'up{account="bybit"}': '1',
      'exit_code{account="bybit"}': '0',
      'requests{account="bybit"}': '6',
      'retries{account="bybit"}': '1',
      'new_trades{account="bybit"}': '2',
      'items{account="bybit"}': '7',
      'unpriced_items{account="bybit"}': '1',
      'value{account="bybit",currency="USD"}': '12345678901234567890.12345679',
      'realized_pnl{account="bybit",currency="USD"}': '-20.5',
      'unrealized_pnl{account="bybit",currency="USD"}': '0',
      'drifting_items{account="bybit"}': '0',
      'new_drifting_items{account="bybit"}': '0',
      'cost_known_ratio{account="bybit"}': '0.975',
      'key_expiry_timestamp_seconds{account="bybit"}': '1770000000',
    });
  });

  test('leaves out what is not known, and never makes it 0', () => {
    expect(flat(render([FAILED]))).toEqual({
      'last_run_timestamp_seconds{account="bybit"}': '1764000001',
      'last_run_duration_seconds{account="bybit"}': '0.03',
      'up{account="bybit"}': '0',
      'exit_code{account="bybit"}': '74',
    });
  });

  test('has one HELP and one TYPE a family, the same whatever the account: files share a folder', () => {
    const explained = (accounts: readonly AccountMetrics[]) =>
      [...parsePrometheusText(render(accounts))].map(([name, { help, type }]) => [name, help, type]);
    const both = explained([WHOLE, { ...WHOLE, account: 'binance/sub_1' }]);
    expect(both).toHaveLength(FAMILIES.length);
    expect(both).toEqual(explained([{ ...WHOLE, account: 'binance/sub_1' }]));
    expect(both.map(([, , type]) => type)).toEqual(FAMILIES.map(() => 'gauge'));
  });

  test.each(FAMILIES.map(({ name, help }) => [name, help]))(
    '%s is named in base units, without a total, and explained by a sentence',
    (name, help) => {
      expect(name).toMatch(/^exchange_sync_[a-z_]+$/);
      expect(name).not.toMatch(/_(total|count|sum|bucket|ms|minutes|percent)$/);
      expect(help).toMatch(/^[A-Z].*\.$/);
      expect(help).not.toMatch(/[\\\n]/);
    },
  );
});

describe('the previous file', () => {
  const before = (accounts: readonly AccountMetrics[], keepsOthers: boolean): PreviousFile => ({
    samples: parseSamples(render(accounts)),
    keepsOthers,
  });
  const SUCCESS = 'last_success_timestamp_seconds{account="bybit"}';

  test('is read as it was written', () => {
    const samples = parseSamples(render([WHOLE]));
    expect(samples).toHaveLength(FAMILIES.length);
    expect(samples[0]).toEqual({
      name: 'exchange_sync_last_success_timestamp_seconds',
      account: 'bybit',
      value: '1764000000.123',
    });
  });

  test.each([['garbage'], [''], ['exchange_sync_up{account="bybit" 1\n'], ['\0\xff{}\n']])(
    'counts for nothing where it is %j',
    (text) => {
      expect(parseSamples(text)).toEqual([]);
    },
  );

  test('gives a failed run its last success, and nothing else', () => {
    const text = flat(render([FAILED], before([WHOLE], false)));
    expect(text[SUCCESS]).toBe('1764000000.123');
    expect(Object.keys(text)).toHaveLength(5);
    expect(text['exit_code{account="bybit"}']).toBe('74');
  });

  test('keeps the last success over any number of failures', () => {
    let text = render([WHOLE]);
    for (let run = 0; run < 3; run += 1) {
      text = render([FAILED], { samples: parseSamples(text), keepsOthers: false });
    }
    expect(flat(text)[SUCCESS]).toBe('1764000000.123');
  });

  test('gives way to what the database says', () => {
    const newer = { ...FAILED, lastSuccess: 1_764_000_500_000 };
    expect(flat(render([newer], before([WHOLE], false)))[SUCCESS]).toBe('1764000500');
  });

  test('keeps the accounts that a run over named accounts left alone, and loses those that are gone', () => {
    const other = { ...WHOLE, account: 'binance' };
    const named = flat(render([FAILED], before([WHOLE, other], true)));
    expect(named['value{account="binance",currency="USD"}']).toBe('12345678901234567890.12345679');
    expect(named['up{account="binance"}']).toBe('1');
    expect(named['up{account="bybit"}']).toBe('0');
    expect(Object.keys(flat(render([FAILED], before([other], false)))).join()).not.toContain('binance');
  });

  test('loses what was told of no account once there is one', () => {
    const nameless = { ...FAILED, account: '' };
    expect(flat(render([nameless]))['up{account=""}']).toBe('0');
    expect(Object.keys(flat(render([WHOLE], before([nameless], true)))).join()).not.toContain('account=""');
  });
});
