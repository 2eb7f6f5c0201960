import type { Stream } from './events.js';

/**
 * Why a part of an account was not read: the key or account has no permission, the exchange does not offer it
 * in this environment or on this host, or the request failed.
 */
export type PartStatus = 'refused' | 'unavailable' | 'failed';

/**
 * One wallet or stream of an account: `wallet:FUND`, `stream:converts`, `stream:trades:BTCUSDT`; or what only
 * prices, pairs and the search for markets depend on.
 */
export type Part = `wallet:${string}` | `stream:${Stream}` | PublicPart;
export type PublicPart = 'markets' | 'prices' | 'past-prices';

/** A part that was not read in the newest run that wanted it. */
export interface MissingPart {
  readonly part: Part;
  readonly status: PartStatus;
  readonly reason: string;
  readonly fix: string | undefined;
  /** True if a stored figure may be wrong without it. */
  readonly affects: boolean;
}

/** The same as it is stored; `since` is when it was first missing, ms since 1970. */
export interface StoredGap extends MissingPart {
  readonly since: number;
}

export const walletPart = (wallet: string): Part => `wallet:${wallet}`;
export const streamPart = (stream: Stream): Part => `stream:${stream}`;

/** The stream of a part; undefined if it is none. */
export const streamOf = (part: Part): Stream | undefined =>
  part.startsWith('stream:') ? (part.slice('stream:'.length) as Stream) : undefined;

const STREAM_NAMES: Readonly<Record<string, string>> = {
  trades: 'trades',
  deposits: 'deposits',
  'deposits:internal': 'internal deposits',
  withdrawals: 'withdrawals',
  converts: 'conversions',
  dust: 'conversions of small balances',
  income: 'income',
  'income:realtime': 'Earn rewards',
};

const PUBLIC_NAMES: Readonly<Record<PublicPart, string>> = {
  markets: 'list of markets',
  prices: 'prices',
  'past-prices': 'past prices',
};

/** `wallet FUND`, `conversions`, `trades of BTCUSDT`. */
export function partName(part: string): string {
  if (Object.hasOwn(PUBLIC_NAMES, part)) return PUBLIC_NAMES[part as PublicPart];
  const [kind, name] = split(part);
  if (kind === 'wallet') return `wallet ${name}`;
  const [stream, market] = split(name);
  return STREAM_NAMES[name] ?? (market === '' ? stream : `${STREAM_NAMES[stream] ?? stream} of ${market}`);
}

function split(text: string): readonly [string, string] {
  const at = text.indexOf(':');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
