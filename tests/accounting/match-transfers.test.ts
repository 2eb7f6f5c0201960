import { describe, expect, test } from '@jest/globals';
import { matchTransfers } from '../../src/accounting/match-transfers.js';
import type { AccountingSettings } from '../../src/accounting/settings.js';
import { type AccountTransfer, pairingAdvice, transferName } from '../../src/models/transfers.js';
import { transfer as anyTransfer } from './histories.js';

const SETTINGS: AccountingSettings = {
  reportingCurrency: 'USD',
  method: 'average',
  stablecoins: new Set(),
  fiat: new Set(),
  depositCost: 'market',
  gapCost: 'exclude',
};

const NOON = Date.UTC(2026, 0, 2, 12);

const transfer = (
  type: 'deposit' | 'withdrawal',
  id: string,
  minutes: number,
  { amount = '1', txid }: { readonly amount?: string; readonly txid?: string } = {},
): AccountTransfer => ({
  ...anyTransfer(type, 'ETH', amount, { id, time: NOON + minutes * 60_000, txid }),
  type,
  account: type === 'withdrawal' ? 'bybit' : 'binance',
});

const matched = (...transfers: AccountTransfer[]) => {
  const { matches, ambiguous } = matchTransfers(transfers, SETTINGS);
  return {
    matches: matches.map(({ withdrawal, deposit }) => `${withdrawal.id}-${deposit.id}`),
    ambiguous: ambiguous.map((group) => group.map(({ id }) => id)),
  };
};

describe('matching transfers', () => {
  test('two withdrawals that fit one deposit are told together, and none is taken', () => {
    expect(
      matched(transfer('withdrawal', 'w1', 0), transfer('withdrawal', 'w2', 1), transfer('deposit', 'd1', 2)),
    ).toEqual({ matches: [], ambiguous: [['w1', 'w2', 'd1']] });
  });

  test('what has nothing to do with one another is told apart', () => {
    const two = { amount: '2' };
    expect(
      matched(
        transfer('withdrawal', 'w1', 0),
        transfer('deposit', 'd1', 2),
        transfer('deposit', 'd2', 3),
        transfer('withdrawal', 'w3', 0, two),
        transfer('withdrawal', 'w4', 1, two),
        transfer('deposit', 'd3', 2, two),
      ),
    ).toEqual({
      matches: [],
      ambiguous: [
        ['w1', 'd1', 'd2'],
        ['w3', 'w4', 'd3'],
      ],
    });
  });

  test('a transaction that decides one of them leaves the other without doubt', () => {
    expect(
      matched(
        transfer('withdrawal', 'w1', 0, { txid: '0xAB' }),
        transfer('withdrawal', 'w2', 1),
        transfer('deposit', 'd1', 2, { txid: 'ab' }),
        transfer('deposit', 'd2', 3),
      ),
    ).toEqual({ matches: ['w1-d1', 'w2-d2'], ambiguous: [] });
  });

  test('a record and the statement that decides are spelled for a person and for SQL', () => {
    const group = [transfer('withdrawal', "it's", 0), transfer('deposit', 'd1', 2)];
    expect(transferName(group[1] ?? transfer('deposit', '', 0))).toBe(
      'deposit d1 of binance (1 ETH, 2026-01-02 12:02 UTC)',
    );
    expect(pairingAdvice(group)).toContain(
      "in (('bybit', 'withdrawal', 'it''s'), ('binance', 'deposit', 'd1'));",
    );
  });
});
