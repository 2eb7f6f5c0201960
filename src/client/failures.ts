import { ExpectedError } from '../errors.js';
import type { Account } from '../models/account.js';
import { meaningOf, type RequestFailure } from './answer.js';
import { banned } from './bans.js';
import type { ExchangeTraits } from './exchange-traits.js';
import type { Verdict } from './retry.js';

/** Statuses that ccxt takes for passing though they are not, and those that are refusals anyway. */
const REFUSED = new Set([401, 403, 451]);
const PERMANENT = new Set([300, 301, 302, 303, 307, 308, 400, 404, 405, 409, 410]);

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

/** What failed, why and what to do, once trying again has not helped. */
export function explainFailure(
  failure: RequestFailure,
  traits: ExchangeTraits,
  account: Account,
  offset: number,
  networkAdvice?: string,
): ExpectedError {
  const { code, status } = failure;
  const { title, errors } = traits;
  if (failure.bannedUntil !== undefined) return banned(title, failure.bannedUntil, Date.now() + offset);
  const refusal = code === undefined ? undefined : meaningOf(errors.refusals, code);
  if (refusal) {
    const fix = refusal.fix.replaceAll('…', account.id.toUpperCase().replace('/', '_'));
    return new ExpectedError('credentials', `${title} refused the key (${code}): ${refusal.why}`, { fix });
  }
  if (code !== undefined && errors.clock.has(code)) {
    return new ExpectedError(
      'credentials',
      `${title} refuses the time of the requests, though ${offset} ms were added to this machine's clock`,
      { fix: 'Turn on time synchronisation: timedatectl set-ntp true' },
    );
  }
  if (status !== undefined && REFUSED.has(status)) {
    return new ExpectedError(
      'credentials',
      `${title} refused the request with HTTP ${status}: your country or network is blocked, too many requests came from this address, or the key lacks a permission`,
      {
        fix: `Ask from another network, use the host of your region with ${account.id.toUpperCase().replace('/', '_')}_BASE_URL, or wait ten minutes.`,
      },
    );
  }
  const advice = failure.unreachable ? networkAdvice : undefined;
  return new ExpectedError(
    failure.unusable ? 'guard' : 'exchange-unavailable',
    `${title} did not give a usable answer: ${failure.message}`,
    { fix: failure.remedy ?? (advice ? `${advice} ${RETRY}` : RETRY), cause: failure },
  );
}
