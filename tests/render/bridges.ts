import { totalBridge } from '../../src/accounting/bridge.js';
import type { AccountBridge, AssetBridge, Bridges, BridgeTerms } from '../../src/models/bridge.js';
import { BRIDGE_TERMS } from '../../src/models/bridge.js';
import { parseDecimal, ZERO } from '../../src/models/decimal.js';
import { sumOfTerms } from '../accounting/moments.js';

export const NOW = Date.UTC(2026, 0, 9, 12);
const DAY_MS = 86_400_000;

type Texts = Partial<Record<keyof BridgeTerms, string>>;

export function asset(
  name: string,
  before: string,
  texts: Texts,
  more: Partial<AssetBridge> = {},
): AssetBridge {
  const terms = Object.fromEntries(
    BRIDGE_TERMS.map((term) => [term, parseDecimal(texts[term] ?? '0')]),
  ) as BridgeTerms;
  const from = parseDecimal(before);
  const bridge = { from, to: from.plus(sumOfTerms(terms)), terms };
  return { asset: name, bridge, unvalued: ZERO, estimated: false, ...more };
}

export const account = (
  assets: readonly AssetBridge[],
  more: Partial<AccountBridge> = {},
): AccountBridge => ({
  account: 'bybit',
  from: { time: NOW - DAY_MS, complete: true },
  to: { time: NOW, complete: true },
  late: undefined,
  assets,
  total: totalBridge(assets),
  ...more,
});

export const bridges = (accounts: readonly AccountBridge[], more: Partial<Bridges> = {}): Bridges => ({
  since: NOW - DAY_MS,
  now: NOW,
  accounts,
  unbridged: [],
  total: totalBridge(accounts.flatMap(({ assets }) => assets)),
  ...more,
});

export const ASSETS = [
  asset('BTC', '30000', { priceMoves: '-512.5', realized: '1000', fees: '-12.25', traded: '-5000' }),
  asset('USDT', '10000', { fees: '-5.005', netFlows: '2500', traded: '5000', unexplained: '-0.001' }),
  asset('SOL', '4000', { priceMoves: '120.125', income: '3.5' }, { estimated: true }),
  asset('GIFT', '0', {}, { bridge: undefined }),
  asset('MNT', '70', { unexplained: '41.5' }, { unvalued: parseDecimal('5') }),
];
