import { MINUTE_MS } from '../../models/day.js';
import { msOf } from '../answer.js';
import type { Ban, ErrorSpec, Refusal } from '../exchange-spec.js';
import { record, text } from '../records.js';

const KEY_PAGE = 'Binance > Account > API Management';

const UNKNOWN_KEY: Refusal = {
  scope: 'key',
  why: 'unknown API key: mistyped, deleted, or for another environment (testnet, demo)',
  fix: `Compare the key with ${KEY_PAGE}; set …_TESTNET=true or …_DEMO=true for keys made there.`,
};

/** Causes of Binance's refusals: every possible one, because a code does not identify a single cause. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  // Also what a good key is answered on a path that it may not read.
  '-2015': {
    scope: 'path',
    why: "the key is unknown, deleted or expired, may not read this, or this machine's IP address is not in its list",
    fix: `Under ${KEY_PAGE} look whether the key is still there, has "Enable Reading", and lists this machine's public address; set …_TESTNET=true or …_DEMO=true for keys made there.`,
  },
  '-2014': {
    scope: 'key',
    why: 'the key is not in the form of a key of Binance',
    fix: `Copy the key again from ${KEY_PAGE}: 64 letters and digits, without quotes or blanks.`,
  },
  '-2008': UNKNOWN_KEY,
  '-1022': {
    scope: 'key',
    why: 'invalid signature: the secret is mistyped or belongs to another key',
    fix: `Secrets are shown only once; create a new key with reading alone under ${KEY_PAGE}.`,
  },
  '-1002': {
    scope: 'path',
    why: 'the key may not read this',
    fix: `Give the key the permission "{right}" under ${KEY_PAGE}.`,
  },
  '0': {
    scope: 'key',
    why: 'Binance does not serve the country that this machine asks from',
    fix: 'Ask from where Binance serves you, or through a gateway of yours there with …_BASE_URL.',
  },
};

const failure = record('an error', { code: text('code'), message: text('msg') });

function errorIn(answer: unknown): { readonly code: string; readonly message: string } | undefined {
  try {
    const { code, message } = failure(answer);
    return /^-?\d+$/.test(code) ? { code, message: message.slice(0, 200) } : undefined;
  } catch {
    return undefined;
  }
}

const BANNED = 418;
const MIN_BAN_MS = 2 * MINUTE_MS;

function banIn(status: number, text: string): Ban | undefined {
  const [, until] = /IP banned until (\d{13})/.exec(text) ?? [];
  if (until !== undefined) return { until: msOf(until, 'the end of a ban') };
  return status === BANNED ? { forMs: MIN_BAN_MS } : undefined;
}

/** Disconnected, too many requests, unexpected answers and time-outs within, overloaded. */
const RETRYABLE = new Set(['-1000', '-1001', '-1003', '-1004', '-1006', '-1007', '-1008']);

export const errors: ErrorSpec = {
  errorIn,
  banIn,
  retryable: RETRYABLE,
  clock: new Set(['-1021']),
  refusals: REFUSALS,
};
