import type { Refusal } from '../exchange-traits.js';

const KEY_PAGE = 'Binance > Account > API Management';

const UNKNOWN_KEY: Refusal = {
  scope: 'key',
  why: 'the key is not known: mistyped, deleted, or a key of another world (testnet, demo)',
  fix: `Compare the key with ${KEY_PAGE}; set …_TESTNET=true or …_DEMO=true for keys made there.`,
};

/** What Binance's refusals can mean; all causes, for the code alone does not tell which. */
export const REFUSALS: Readonly<Record<string, Refusal>> = {
  // Also what a good key is answered on a path that it may not read.
  '-2015': {
    scope: 'path',
    why: "the key is not known, deleted or expired, may not read this, or this machine's IP address is not in its list",
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
    why: 'the signature does not fit: the secret is mistyped or belongs to another key',
    fix: `The secret is shown once only: make a new key with reading alone under ${KEY_PAGE}.`,
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
