import { NO_ENVELOPE } from '../answer.js';
import type { Ban, ErrorSpec, Refusal } from '../exchange-spec.js';

const KEY_PAGE = 'Bybit > Account > API';

/** Causes of Bybit's refusals: every possible one, because a code does not identify a single cause. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  '10003': {
    scope: 'key',
    why: 'unknown API key: mistyped, deleted, or for another environment (testnet, demo, another region)',
    fix: `Compare the key with ${KEY_PAGE}; set …_TESTNET=true or …_DEMO=true for keys made there, …_BASE_URL for a regional host.`,
  },
  '10004': {
    scope: 'key',
    why: 'invalid signature: the secret is mistyped or belongs to another key',
    fix: `Secrets are shown only once; create a new read-only key under ${KEY_PAGE}.`,
  },
  '10005': {
    scope: 'path',
    why: 'the key may not read this',
    fix: `Add the permission "{right}" to the key under ${KEY_PAGE}; a read-only key is enough.`,
  },
  '10009': {
    scope: 'key',
    why: 'your country or region is refused',
    fix: 'Use the host of your region with …_BASE_URL.',
  },
  '10010': {
    scope: 'key',
    why: "this machine's IP address is not in the key's list",
    fix: `Add this machine's public address to the key under ${KEY_PAGE}.`,
  },
  '10024': {
    scope: 'path',
    why: 'Bybit refuses this product for compliance reasons',
    fix: 'Log in at Bybit and look for a notice.',
  },
  '10028': {
    scope: 'key',
    why: 'the account is not a unified account',
    fix: 'Upgrade to the unified trading account at Bybit.',
  },
  '10032': {
    scope: 'unavailable',
    why: 'not supported for demo accounts',
    fix: 'Nothing to do: a demo account does not have it.',
  },
  '33004': {
    scope: 'key',
    why: 'the key has expired; keys without an IP address end after three months',
    fix: `Make a new read-only key under ${KEY_PAGE} and bind it to this machine's address.`,
  },
};

/** The error in an answer; an object without Bybit's envelope is not Bybit's answer. */
function errorIn(answer: unknown): { readonly code: string; readonly message: string } | undefined {
  const { retCode, retMsg } = answer as { readonly retCode?: unknown; readonly retMsg?: unknown };
  if (retCode === '0') return undefined;
  if (typeof retCode !== 'string' || !/^-?\d{1,10}$/.test(retCode)) {
    return { code: NO_ENVELOPE, message: 'the answer is not in the form of Bybit' };
  }
  return { code: retCode, message: typeof retMsg === 'string' ? retMsg.slice(0, 200) : '' };
}

/** Too many requests from one address; of any other 403 the reason is not known. */
const banIn = (status: number, text: string): Ban | undefined =>
  status === 403 && /access too frequent/i.test(text) ? { forMs: 10 * 60_000 } : undefined;

const RETRYABLE = new Set([
  NO_ENVELOPE,
  ...['10000', '10006', '10016', '10018', '131001', '131003', '181010', '429'],
]);

export const errors: ErrorSpec = {
  errorIn,
  banIn,
  retryable: RETRYABLE,
  clock: new Set(['10002']),
  refusals: REFUSALS,
};
