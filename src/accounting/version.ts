import type { AccountingSettings } from './settings.js';

/** Rises with every change of a rule, so that stored books are worked out anew. */
const ENGINE_VERSION = 3;

/** The engine and its choices as a text: books that were kept under another one are replayed from the beginning. */
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
