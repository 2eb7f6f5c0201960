import { ExpectedError } from '../errors.js';
import type { Account } from '../models/account.js';
import { meaningOf, NO_ENVELOPE, type RequestFailure } from './answer.js';
import { banned } from './bans.js';
import { type Endpoint, isPublic } from './endpoint.js';
import type { ErrorSpec, ExchangeSpec, Refusal } from './exchange-spec.js';
import { PartFailure } from './part-failure.js';
import { SYNC_CLOCK } from '../models/day.js';

/** What a failed request means, and so what is done about it. */
export type FailureClass =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | {
      readonly kind:
        'banned' | 'local' | 'clock' | 'blocked' | 'no-such-path' | 'unusable' | 'retryable' | 'unknown';
    };

/** Statuses that are refusals whatever the code; ccxt takes some of them for transient. */
const REFUSED = new Set([401, 403, 451]);
const PERMANENT = new Set([300, 301, 302, 303, 307, 308, 400, 404, 405, 409, 410]);
/** The host has no such path, as regional hosts and testnets answer. */
const NO_SUCH_PATH = new Set([404, 405, 410]);

/** Names of ccxt's class for an error code and of its ancestors; none if it does not know the code. */
export type NamesOfCode = (code: string) => readonly string[];

/** By the exchange's own table of codes, then by the status, then by ccxt's classes. */
export function classify(failure: RequestFailure, errors: ErrorSpec, namesOf: NamesOfCode): FailureClass {
  const { status = 200, code, bannedUntil, remedy, unusable } = failure;
  if (bannedUntil !== undefined) return { kind: 'banned' };
  if (remedy !== undefined) return { kind: 'local' };
  if (code !== undefined && errors.clock.has(code)) return { kind: 'clock' };
  const refusal = code === undefined ? undefined : meaningOf(errors.refusals, code);
  if (refusal) return { kind: 'refused', refusal };
  if (REFUSED.has(status)) return { kind: 'blocked' };
  if (NO_SUCH_PATH.has(status)) return { kind: 'no-such-path' };
  if (code !== undefined && !errors.retryable.has(code)) return classByName(namesOf(code));
  if (PERMANENT.has(status)) return { kind: 'unknown' };
  return { kind: unusable ? 'unusable' : 'retryable' };
}

const UNAUTHORIZED: Refusal = {
  scope: 'path',
  why: 'the key, or what it may read, is not accepted',
  fix: 'Compare the key and its permissions with the page of API keys; a read-only key is enough.',
};

function classByName(names: readonly string[]): FailureClass {
  if (names.includes('InvalidNonce')) return { kind: 'clock' };
  if (names.includes('NetworkError')) return { kind: 'retryable' };
  return names.includes('AuthenticationError')
    ? { kind: 'refused', refusal: UNAUTHORIZED }
    : { kind: 'unknown' };
}

/** What else is known if a request failed. */
export interface FailureContext {
  /** The exchange's clock minus ours in ms. */
  readonly offset: number;
  readonly endpoint: Endpoint | undefined;
  readonly networkAdvice?: string | undefined;
}

const RETRY =
  "No data was lost and the next run will retry. If it persists, check the exchange's status page.";

/**
 * What failed, why and what to do, once trying again has not helped. A PartFailure concerns the endpoint
 * alone; any other error concerns the key, the host or the machine, and so the whole account.
 */
export function explainFailure(
  failure: RequestFailure,
  found: FailureClass,
  { title }: Pick<ExchangeSpec, 'title'>,
  account: Account,
  { offset, endpoint, networkAdvice }: FailureContext,
): ExpectedError {
  const { status, message, code } = failure;
  const prefix = account.id.toUpperCase().replace('/', '_');
  switch (found.kind) {
    case 'banned':
      return banned(title, failure.bannedUntil ?? 0, Date.now() + offset);
    case 'refused':
      return refusedBy(title, failure, found.refusal, { prefix, right: endpoint?.right ?? 'read' });
    case 'clock':
      return new ExpectedError(
        'credentials',
        `${title} refuses the time of the requests, though ${offset} ms were added to this machine's clock`,
        { fix: `Turn on time synchronisation: ${SYNC_CLOCK}` },
      );
    case 'blocked': {
      const why = `${title} refused the request with HTTP ${String(status)}: your country or network is blocked, too many requests came from this address, or the key lacks a permission`;
      const fix = `Ask from another network, use the host of your region with ${prefix}_BASE_URL, or wait ten minutes.`;
      // With a code of its own the exchange answered this path; without, something before it refused the address,
      // or a public path alone, which the next request with the key shows.
      const isOfPath = code !== undefined && code !== NO_ENVELOPE;
      if (isOfPath || (endpoint && isPublic(endpoint)))
        return new PartFailure('credentials', why, { status: 'refused', fix, cause: failure });
      return new ExpectedError('credentials', why, { fix });
    }
    case 'no-such-path': {
      const why = `${title} has no ${endpoint?.path ?? 'this path'} on this host (HTTP ${String(status)})`;
      const fix = `Check ${prefix}_BASE_URL if the account is not of a regional exchange.`;
      return new PartFailure('exchange-unavailable', why, { status: 'unavailable', fix, cause: failure });
    }
    default:
      return noAnswer(`${title} returned an invalid response: ${message}`, failure, found, networkAdvice);
  }
}

function refusedBy(
  title: string,
  failure: RequestFailure,
  { scope, why, fix: template }: Refusal,
  { prefix, right }: { readonly prefix: string; readonly right: string },
): ExpectedError {
  const fix = template.replaceAll('…', prefix).replace('{right}', right);
  const code = failure.code ?? '';
  if (scope === 'unavailable') {
    const message = `${title} does not offer this here (${code}): ${why}`;
    return new PartFailure('exchange-unavailable', message, { status: 'unavailable', fix, cause: failure });
  }
  const message = `${title} refused the key (${code}): ${why}`;
  if (scope === 'key') return new ExpectedError('credentials', message, { fix });
  return new PartFailure('credentials', message, { status: 'refused', fix, cause: failure });
}

function noAnswer(
  message: string,
  failure: RequestFailure,
  { kind }: FailureClass,
  networkAdvice: string | undefined,
): ExpectedError {
  const advice = failure.unreachable ? networkAdvice : undefined;
  const fix = failure.remedy ?? (advice ? `${advice} ${RETRY}` : RETRY);
  if (kind === 'local') return new ExpectedError('exchange-unavailable', message, { fix, cause: failure });
  if (kind === 'unusable') return new ExpectedError('guard', message, { fix, cause: failure });
  return new PartFailure('exchange-unavailable', message, {
    status: 'failed',
    transient: kind === 'retryable',
    fix,
    cause: failure,
  });
}
