/** Exchanges that a sync can speak to; the client's table has a row for each. */
export const SUPPORTED_EXCHANGES = ['bybit', 'binance'] as const;
