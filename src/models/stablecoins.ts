/** Coins pegged to the US dollar, counted as 1 each: an assumption that every output states. */
export const STABLECOINS: ReadonlySet<string> = new Set([
  'USDT',
  'USDC',
  'DAI',
  'FDUSD',
  'TUSD',
  'USDE',
  'PYUSD',
  'RLUSD',
  'USD1',
]);
