import { type Changes, KEY, SECRET, type Stage } from './stage.js';

/** The stage's account at Binance instead of Bybit. */
export const atBinance = ({ simulator }: Stage): Changes => ({
  without: ['BYBIT_API_KEY', 'BYBIT_API_SECRET', 'BYBIT_BASE_URL'],
  env: { BINANCE_API_KEY: KEY, BINANCE_API_SECRET: SECRET, BINANCE_BASE_URL: simulator.url },
});
