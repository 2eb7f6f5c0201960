import { describe, expect, test } from '@jest/globals';
import { parseSettings } from '../../src/config/settings.js';

const problemsOf = (env: Record<string, string>) => {
  const parsed = parseSettings(env);
  return parsed.ok ? [] : parsed.problems;
};

describe('settings', () => {
  test('have a default each, and take their other choices', () => {
    expect(parseSettings({ COST_METHOD: 'hifo', STABLECOINS: '' })).toMatchObject({
      ok: true,
      value: {
        accounting: {
          reportingCurrency: 'USD',
          stablecoins: 'peg',
          method: 'hifo',
          depositCost: 'market',
          gapCost: 'exclude',
        },
      },
    });
  });

  test.each([
    ['STABLECOINS', 'market', 'quote stablecoins only in one another', 'Set it to peg, or remove it.'],
    ['REPORTING_CURRENCY', 'EUR', 'are stored in US dollars', 'Set it to USD, or remove it.'],
    ['COST_METHOD', 'lofo', '$', 'Set it to average or fifo or lifo or hifo, or remove it.'],
  ])('%s=%s is refused with its reason and the way out', (name, value, why, fix) => {
    expect(problemsOf({ [name]: value })).toEqual([
      { what: expect.stringMatching(`^invalid ${name} "${value}".*${why}`) as unknown, fix },
    ]);
  });

  test("are read in capitals or not, and so is AlphaPulse's switch", () => {
    const env = { EXCHANGE_SYNC_LOG_LEVEL: 'INFO', COST_METHOD: ' Fifo', REPORTING_CURRENCY: 'usd' };
    expect(parseSettings({ ...env, EXCHANGE_SYNC_ENABLED: 'False' })).toMatchObject({
      value: {
        ...{ isEnabled: false, log: { level: 'info' } },
        accounting: { method: 'fifo', reportingCurrency: 'USD' },
      },
    });
    expect(problemsOf({ EXCHANGE_SYNC_ENABLED: 'perhaps' })).toEqual([
      expect.objectContaining({ what: 'EXCHANGE_SYNC_ENABLED is neither true nor false' }),
    ]);
  });

  test('that do not fit are told together', () => {
    expect(problemsOf({ STABLECOINS: 'market', REPORTING_CURRENCY: 'EUR' })).toHaveLength(2);
  });
});
