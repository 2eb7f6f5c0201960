import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ZERO } from '../../src/models/decimal.js';
import { sum } from './histories.js';
import { anyAccounts } from './random-histories.js';
import { anySettings, patchyPrices } from './random-settings.js';
import { replay } from './replay.js';
import { watched } from './watched.js';

const anyCase = fc.record({
  accounts: anyAccounts,
  settings: anySettings,
  asset: fc.constantFrom('BTC', 'ETH', 'MNT', 'USDT', 'EUR'),
});

describe('whatever the history and the settings', () => {
  test('the lines add up to what is held and realized, and watching changes nothing', () => {
    fc.assert(
      fc.property(anyCase, ({ accounts, settings, asset }) => {
        const input = { accounts, settings, priceAt: patchyPrices };
        const reference = replay(input);
        for (const { account, state, trace, pool, position, realized } of watched(input, asset)) {
          expect([position.cost, position.estimatedQuantity].map(String)).toEqual(
            [pool.cost, pool.estimatedQuantity].map(String),
          );
          expect(state).toBe(JSON.stringify(reference.get(account)?.state()));
          let held = ZERO;
          for (const { quantity, outcome } of trace.lines) {
            held = held.plus(quantity);
            if (outcome) expect(outcome.position.quantity.toString()).toBe(held.toString());
          }
          expect(position.quantity.toString()).toBe(held.toString());
          const gains = trace.lines.map(({ outcome }) => outcome?.realized ?? ZERO);
          expect(sum(gains).toString()).toBe(realized.toString());
        }
      }),
      { numRuns: 150 },
    );
  });

  test('the last lines go on from what the ones before them come to', () => {
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 1, max: 9 }), ({ accounts, settings, asset }, limit) => {
        const input = { accounts, settings, priceAt: patchyPrices };
        const whole = watched(input, asset);
        watched(input, asset, limit).forEach(({ trace: { lines, earlier }, position }, at) => {
          const all = whole[at]?.trace.lines ?? [];
          expect(JSON.stringify(position)).toBe(JSON.stringify(whole[at]?.position));
          expect(JSON.stringify(lines)).toBe(JSON.stringify(all.slice(all.length - lines.length)));
          expect(earlier?.lines ?? 0).toBe(all.length - lines.length);
          const last = all[all.length - lines.length - 1]?.outcome?.position;
          expect(JSON.stringify(earlier?.position)).toBe(JSON.stringify(last));
        });
      }),
      { numRuns: 100 },
    );
  });
});
