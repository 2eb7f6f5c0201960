import { ExpectedError } from '../errors.js';
import type { Account } from '../models/account.js';
import { meaningOf, NO_ENVELOPE, type RequestFailure } from './answer.js';
import { banned } from './bans.js';
import { type Endpoint, isPublic } from './endpoint.js';
import type { ExchangeTraits } from './exchange-traits.js';
import { PartFailure } from './part-failure.js';
import type { Verdict } from './retry.js';

/** Statuses that ccxt takes for passing though they are not, and those that are refusals anyway. */
const REFUSED = new Set([401, 403, 451]);
const PERMANENT = new Set([300, 301, 302, 303, 307, 308, 400, 404, 405, 409, 410]);
/** The host has no such path, as regional hosts and testnets answer. */
const NO_SUCH_PATH = new Set([404, 405, 410]);

const RETRY =
  "No data was lost and the next run will retry. If it persists, check the exchange's status page.";

export function judge(failure: RequestFailure, { errors }: ExchangeTraits): Verdict {
  const { status, code, bannedUntil, remedy } = failure;
  if (bannedUntil !== undefined || remedy !== undefined) return 'permanent';
  if (code !== undefined && errors.clock.has(code)) return 'clock';
  if (code !== undefined && !errors.passing.has(code)) return 'permanent';
  if (status !== undefined && (REFUSED.has(status) || PERMANENT.has(status))) return 'permanent';
  return 'passes';
}

/** What else is known where a request failed. */
export interface FailureContext {
  /** The exchange's clock minus ours in ms. */
  readonly offset: number;
  readonly endpoint: Endpoint | undefined;
  readonly networkAdvice?: string | undefined;
}

/**
 * What failed, why and what to do, once trying again has not helped. A PartFailure concerns the endpoint
 * alone; any other error concerns the key, the host or the machine, and so the whole account.
 */
export function explainFailure(
  failure: RequestFailure,
  traits: ExchangeTraits,
  account: Account,
  { offset, endpoint, networkAdvice }: FailureContext,
): ExpectedError {
  const { code, status } = failure;
  const { title, errors } = traits;
  if (failure.bannedUntil !== undefined) return banned(title, failure.bannedUntil, Date.now() + offset);
  const refusal = code === undefined ? undefined : meaningOf(errors.refusals, code);
  if (refusal) {
    const fix = refusal.fix
      .replaceAll('…', account.id.toUpperCase().replace('/', '_'))
      .replace('{right}', endpoint?.right ?? 'read');
    if (refusal.scope === 'unavailable') {
      const message = `${title} does not offer this here (${code}): ${refusal.why}`;
      return new PartFailure('exchange-unavailable', message, { status: 'unavailable', fix, cause: failure });
    }
    const message = `${title} refused the key (${code}): ${refusal.why}`;
    if (refusal.scope === 'key') return new ExpectedError('credentials', message, { fix });
    return new PartFailure('credentials', message, { status: 'refused', fix, cause: failure });
  }
  if (code !== undefined && errors.clock.has(code)) {
    return new ExpectedError(
      'credentials',
      `${title} refuses the time of the requests, though ${offset} ms were added to this machine's clock`,
      { fix: 'Turn on time synchronisation: timedatectl set-ntp true' },
    );
  }
  if (status !== undefined && REFUSED.has(status)) {
    const message = `${title} refused the request with HTTP ${status}: your country or network is blocked, too many requests came from this address, or the key lacks a permission`;
    const fix = `Ask from another network, use the host of your region with ${account.id.toUpperCase().replace('/', '_')}_BASE_URL, or wait ten minutes.`;
    // With a code of its own the exchange answered this path; without, something before it refused the address,
    // or a public path alone, which the next request with the key shows.
    const isOfPath = code !== undefined && code !== NO_ENVELOPE;
    if (isOfPath || (endpoint && isPublic(endpoint)))
      return new PartFailure('credentials', message, { status: 'refused', fix, cause: failure });
    return new ExpectedError('credentials', message, { fix });
  }
  if (status !== undefined && NO_SUCH_PATH.has(status)) {
    const path = endpoint?.path ?? 'this path';
    return new PartFailure('exchange-unavailable', `${title} has no ${path} on this host (HTTP ${status})`, {
      status: 'unavailable',
      fix: `Check ${account.id.toUpperCase().replace('/', '_')}_BASE_URL if the account is not of a regional exchange.`,
      cause: failure,
    });
  }
  const message = `${title} did not give a usable answer: ${failure.message}`;
  const advice = failure.unreachable ? networkAdvice : undefined;
  const fix = failure.remedy ?? (advice ? `${advice} ${RETRY}` : RETRY);
  if (failure.remedy !== undefined) {
    return new ExpectedError('exchange-unavailable', message, { fix, cause: failure });
  }
  if (failure.unusable) return new ExpectedError('guard', message, { fix, cause: failure });
  return new PartFailure('exchange-unavailable', message, {
    status: 'failed',
    transient: judge(failure, traits) === 'passes',
    fix,
    cause: failure,
  });
}
