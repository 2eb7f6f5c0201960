/** Coins pegged to the US dollar, counted as 1 each: a stated assumption, said wherever it is used. */
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
