import type { AccountingSettings } from './settings.js';

/** Increased with every change of a rule, so that stored ledgers are replayed. */
const ENGINE_VERSION = 3;

/** The engine version and settings as text; a ledger stored with another one is replayed from the beginning. */
export const settingsKey = (settings: AccountingSettings): string =>
  JSON.stringify([
    ENGINE_VERSION,
    settings.reportingCurrency,
    settings.method,
    settings.depositCost,
    settings.gapCost,
    [...settings.stablecoins].sort(),
    [...settings.fiat].sort(),
  ]);
