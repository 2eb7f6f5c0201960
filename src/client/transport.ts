import { NO_ENVELOPE, RequestFailure } from './answer.js';
import { readName } from './endpoint.js';
import { parseExactJson } from './exact-json.js';
import type { Ban } from './exchange-spec.js';
import type { LimitHeaders } from './rate-limits.js';
import { networkFailure } from './network-failures.js';
import type { Redact } from '../redaction.js';
import { DAY_MS } from '../models/day.js';

export interface TransportOptions {
  /**
   * What may be asked, as `GET /path` without query, with the largest body in bytes that is read of it;
   * anything else is refused before a byte is sent.
   */
  readonly allowedReads: ReadonlyMap<string, number>;
  /** The one scheme and host that ccxt's addresses may have. */
  readonly origin: string;
  /** Replaces scheme and host of every address; ccxt's own stay as they are, for it reads them. */
  readonly baseUrl: string | undefined;
  /** The exchange's error in an answer that came with HTTP 200, if it is one. */
  readonly errorIn: (answer: unknown) => { readonly code: string; readonly message: string } | undefined;
  /** How long this address is banned; undefined if the answer reports no ban. */
  readonly banIn?: (status: number, text: string) => Ban | undefined;
  /** Also ccxt's, so that an answer is parsed once. */
  readonly parse?: (text: string, maxValues: number) => unknown;
  /** Called when an answer that was parsed is not passed on to ccxt. */
  readonly forget?: () => void;
  /** Takes key and secret out of every body; what is written with escapes is masked by `parse`. */
  readonly mask?: Redact;
  /** Removes them, and anything that looks signed, from the exchange's own message. */
  readonly redact?: Redact;
  readonly limitHeaders?: LimitHeaders | undefined;
  readonly signal: AbortSignal;
  readonly onRequest: (path: string) => void;
  readonly onAnswer?: (path: string, status: number, headers: Headers) => void;
  readonly timeLimitMs?: number;
}

const TIME_LIMIT_MS = 30_000;
/**
 * A value takes about 64 bytes of memory. exchangeInfo, the densest of all, has 13 bytes a value; `[{},{},…]`
 * has 3 and would take twenty times its size.
 */
const BYTES_PER_VALUE = 16;
/** Limits are counted by the second or the minute; a reset further ahead is the clocks' difference. */
const MAX_LIMIT_MS = 60_000;
/** Longer than any run; a longer wait in an answer is limited to it. */
const MAX_WAIT_MS = 7 * DAY_MS;

/** What ccxt reads of an answer. */
interface ReadResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly text: () => Promise<string>;
}

/**
 * ccxt's way to the network with what it lacks: one deadline and one size limit over the whole body,
 * no redirects, reading only, and no success without JSON. Throws RequestFailure.
 */
export function createTransport(options: TransportOptions) {
  return async (address: string, request: RequestInit): Promise<ReadResponse> => {
    const url = new URL(address);
    const maxBytes = allowedSize(options, url, request);
    options.onRequest(url.pathname);
    const limit = AbortSignal.timeout(options.timeLimitMs ?? TIME_LIMIT_MS);
    const signal = AbortSignal.any([options.signal, limit]);
    const target = rebased(url, options.baseUrl);
    const { response, body } = await exchanged(target, request, signal, maxBytes).catch((error: unknown) => {
      options.signal.throwIfAborted();
      throw networkFailure(error, limit.aborted);
    });
    const text = options.mask ? options.mask(body) : body;
    const { status, statusText, headers } = response;
    options.onAnswer?.(url.pathname, status, headers);
    try {
      check(response, text, options, Math.ceil(maxBytes / BYTES_PER_VALUE));
    } catch (error) {
      options.forget?.();
      throw error;
    }
    return { status, statusText, headers, text: () => Promise.resolve(text) };
  };
}

/**
 * The largest body in bytes of a request that may be sent. An exchange may want a POST for a read; only those
 * are listed with it, and only they have a body.
 */
function allowedSize(options: TransportOptions, url: URL, { method, body }: RequestInit): number {
  const verb = method === 'POST' ? 'POST' : 'GET';
  const isPlain = verb === 'POST' || body === undefined || body === null;
  const maxBytes = options.allowedReads.get(readName({ verb, path: url.pathname }));
  // A user or password in it would be no part of the origin, and go out with the request.
  const isThere = url.origin === options.origin && url.href.startsWith(`${url.origin}/`);
  if (isPlain && verb === (method ?? 'GET') && maxBytes !== undefined && isThere) return maxBytes;
  throw new Error(
    `refused before sending: ${method ?? 'GET'} ${url.host}${url.pathname} is no read of this client`,
  );
}

function rebased(url: URL, baseUrl: string | undefined): string {
  if (baseUrl === undefined) return url.href;
  // Not through URL again: the query is signed to the letter.
  return `${baseUrl}${url.href.slice(url.origin.length)}`;
}

async function exchanged(
  address: string,
  { method = 'GET', headers = {}, body = null }: RequestInit,
  signal: AbortSignal,
  maxBytes: number,
) {
  // Nothing else of what ccxt hands over: it has words for proxies and agents too.
  const response = await fetch(address, { method, headers, body, signal, redirect: 'manual' });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) throw new RequestFailure(`the answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return { response, body: Buffer.concat(chunks).toString('utf8') };
}

function check(response: Response, text: string, options: TransportOptions, maxValues: number): void {
  const { status, headers } = response;
  const parse = options.parse ?? ((body: string) => parseExactJson(body, { maxValues }));
  const { answer, reason } = parsed(text, (body) => parse(body, maxValues));
  const refusal = answer === undefined ? undefined : options.errorIn(answer);
  const waitMs = waitOf(headers, options.limitHeaders);
  const bannedUntil = endOf(options.banIn?.(status, text), waitMs);
  const details = { status, waitMs, bannedUntil };
  if (refusal) {
    const unusable = response.ok && refusal.code === NO_ENVELOPE;
    const message = `${refusal.message} (${refusal.code})`;
    const masked = options.redact ? options.redact(message) : message;
    throw new RequestFailure(masked, { ...details, code: refusal.code, unusable });
  }
  if (status >= 300 && status < 400) throw new RequestFailure('a redirect was refused', { status });
  if (!response.ok) throw new RequestFailure(`HTTP ${status}`, details);
  if (answer === undefined) {
    throw new RequestFailure(`the answer with HTTP 200 is not usable JSON (${reason})`, { unusable: true });
  }
}

/** A ban without an end of its own is over when the exchange says to ask again. */
function endOf(ban: Ban | undefined, waitMs: number | undefined): number | undefined {
  if (!ban) return undefined;
  return 'until' in ban ? ban.until : Date.now() + Math.max(ban.forMs, waitMs ?? 0);
}

/**
 * Retry-After in seconds or as a date, or the moment at which the exchange's limit is reset, both by the clock
 * of the exchange. That moment comes with every answer: while requests are left, it is not the reason.
 */
function waitOf(headers: Headers, limit: LimitHeaders | undefined): number | undefined {
  const after = headers.get('retry-after');
  // Zero was seen with refusals that went on: it says nothing.
  if (after !== null && /^\d{1,6}$/.test(after)) return Number.parseInt(after, 10) * 1000 || undefined;
  const now = Date.parse(headers.get('date') ?? '') || Date.now();
  if (after !== null) return waitUntil(Date.parse(after), now);
  if (!limit || Number.parseInt(headers.get(limit.left) ?? '', 10) > 0) return undefined;
  const reset = headers.get(limit.resetAt) ?? '';
  const ahead = /^\d{13}$/.test(reset) ? waitUntil(Number.parseInt(reset, 10), now) : undefined;
  return ahead && Math.min(ahead, MAX_LIMIT_MS);
}

const waitUntil = (moment: number, now: number): number | undefined =>
  moment > now ? Math.min(moment - now, MAX_WAIT_MS) : undefined;

/** A JSON object or array, or why the text is neither. */
function parsed(
  text: string,
  parse: (text: string) => unknown,
): { readonly answer?: object; readonly reason?: string } {
  try {
    const value = parse(text);
    return typeof value === 'object' && value !== null ? { answer: value } : { reason: 'no object or array' };
  } catch (error) {
    return { reason: (error as Error).message };
  }
}
