import { KEY_PAGES, SUPPORTED_EXCHANGES } from '../models/exchanges.js';
import type { Problem } from './problems.js';

/** What somebody reads who starts the program for the first time: from no key to the first figures. */
export const nothingConfigured = (): Problem => ({
  what: 'no exchange account is configured',
  fix: [
    "1. Create a read-only key, preferably bound to this machine's IP address:",
    ...SUPPORTED_EXCHANGES.map((exchange) => `   - ${KEY_PAGES[exchange]}`),
    '2. Set it in the environment, or in a file .env in this directory:',
    ...SUPPORTED_EXCHANGES.map((exchange) => `   - ${variablesOf(exchange)}`),
    '3. Run exchange-sync sync, then exchange-sync show.',
  ].join('\n'),
});

/** Without values: what looks like one is taken out of every message. */
function variablesOf(exchange: string): string {
  const prefix = exchange.toUpperCase();
  return `${prefix}_API_KEY and ${prefix}_API_SECRET`;
}
