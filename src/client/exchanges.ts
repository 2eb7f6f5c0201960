import { binance } from './binance/spec.js';
import { bybit } from './bybit/spec.js';
import type { ExchangeSpec } from './exchange-spec.js';

/** The exchanges that are read, by ccxt's names; models/exchanges.ts has a row for each too. */
export const EXCHANGES: Readonly<Record<string, ExchangeSpec>> = { bybit, binance };
