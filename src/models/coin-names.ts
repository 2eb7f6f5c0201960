/**
 * Tickers that exchanges use for different coins: what each of them calls so. An exchange that is missing
 * here is judged by its price.
 */
export const COIN_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  NEIRO: { bybit: 'Neiro Ethereum', binance: 'First Neiro On Ethereum' },
};
