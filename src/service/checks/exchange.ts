import type { ExchangeClient, KeyRights } from '../../client/exchange-client.js';
import { PartFailure } from '../../client/part-failure.js';
import { selectAccounts } from '../../config/accounts.js';
import type { Account, AccountId } from '../../models/account.js';
import type { CheckResult, CheckState } from '../../models/check.js';
import type { StoredGap } from '../../models/coverage.js';
import { SUPPORTED_EXCHANGES } from '../../models/exchanges.js';
import { DAY_MS, isoDay, SYNC_CLOCK } from '../../models/day.js';
import { confirmKey } from '../confirm-key.js';
import {
  accountsIn,
  type Check,
  type CheckContext,
  failed,
  fetchFacts,
  nameFor,
  NO_FACTS,
  openClient,
  result,
} from './check.js';
import { abandonedResult, coverageResult, keylessResult } from './coverage.js';

/** Requests are refused by the exchange beyond a few seconds; half of that is worth a word. */
const CLOCK_WARNING_MS = 2_500;
const EXPIRY_WARNING_DAYS = 14;
const REPLACE = 'Replace it with a read-only key; no other permission is needed.';

/** The exchange answers, our clocks agree, and the key is accepted; one after another per account. */
export const exchange: Check = {
  subjects: ['exchange', 'clock', 'key', 'key-binding', 'coverage'],
  run: async (context) => {
    const accounts = accountsIn(context);
    // The check `database` reports what is wrong with the database.
    const facts = await fetchFacts(context).catch(() => NO_FACTS);
    const gapsOf = ({ id }: Account) => facts.gaps.get(id) ?? [];
    const keyless = [
      ...keylessAccounts(context, facts.accounts).map(keylessResult),
      ...keylessAccounts(context, facts.neverSynced).map(abandonedResult),
    ];
    if (context.offline) {
      const skippedEach = accounts.flatMap((account) => [
        skipped(nameFor('exchange', account.id), '--offline'),
        coverageResult(account.id, gapsOf(account), undefined, context.now),
      ]);
      return [...skippedEach, ...keyless];
    }
    const results = await Promise.all(
      accounts.map(async (account) => {
        const name = nameFor('exchange', account.id);
        try {
          const client = await openClient(context, account, facts);
          return await inspect(account, client, { now: context.now, gaps: gapsOf(account) });
        } catch (error) {
          return [failed(name, error)];
        }
      }),
    );
    return [...results.flat(), ...keyless];
  },
};

/** Accounts in the database without a key; none if the check is of some of the accounts only. */
function keylessAccounts(context: CheckContext, stored: readonly AccountId[]): readonly AccountId[] {
  const { env } = context.environment;
  const configured = selectAccounts(env, { selected: [], supported: SUPPORTED_EXCHANGES });
  const looked = accountsIn(context).length;
  if (!configured.ok || looked < configured.value.length) return [];
  return stored.filter((account) => !configured.value.includes(account));
}

const skipped = (name: string, why: string): CheckResult => result(name, 'skipped', `skipped: ${why}`);

interface Facts {
  readonly now: number;
  readonly gaps: readonly StoredGap[];
}

async function inspect(account: Account, client: ExchangeClient, facts: Facts): Promise<CheckResult[]> {
  const { id, environment } = account;
  const reachable = nameFor('exchange', id);
  try {
    const offset = await client.readClockOffset();
    return [
      result(reachable, 'ok', `${id} answers${environment === 'live' ? '' : ` (${environment})`}`),
      clockResult(nameFor('clock', id), offset),
      ...(await inspectKey(account, client, facts)),
    ];
  } catch (error) {
    return [
      failed(reachable, error),
      skipped(nameFor('key', id), 'the exchange did not answer'),
      coverageResult(id, facts.gaps, undefined, facts.now),
    ];
  }
}

function clockResult(name: string, offset: number): CheckResult {
  const performance = { offset: `${offset}ms` };
  const message = `this machine's clock is ${Math.abs(offset)} ms ${offset < 0 ? 'ahead of' : 'behind'} the exchange's`;
  if (Math.abs(offset) <= CLOCK_WARNING_MS) return result(name, 'ok', message, { performance });
  return result(name, 'warning', message, {
    performance,
    remedy: `Turn on time synchronisation: ${SYNC_CLOCK}`,
  });
}

async function inspectKey(
  { id, environment }: Account,
  client: ExchangeClient,
  { now, gaps }: Facts,
): Promise<CheckResult[]> {
  const name = nameFor('key', id);
  try {
    const rights = await rightsOf(client);
    const coverage = coverageResult(id, gaps, rights, now);
    if (rights)
      return [keyResult(name, rights, now), bindingResult(nameFor('key-binding', id), rights), coverage];
    const message = `the key is accepted; its permissions are not reported here (${environment})`;
    return [result(name, 'ok', message), coverage];
  } catch (error) {
    return [failed(name, error), coverageResult(id, gaps, undefined, now)];
  }
}

/** undefined if the exchange accepts the key but does not report what it may do; throws if it refuses the key. */
async function rightsOf(client: ExchangeClient): Promise<KeyRights | undefined> {
  try {
    const rights = await client.readKeyRights();
    if (rights) return rights;
  } catch (error) {
    if (!(error instanceof PartFailure) || error.status === 'failed') throw error;
    await confirmKey(client, error);
    return undefined;
  }
  await client.probeKey();
  return undefined;
}

function keyResult(name: string, rights: KeyRights, now: number): CheckResult {
  const { expiresAt } = rights;
  const days = expiresAt === undefined ? undefined : Math.floor((expiresAt - now) / DAY_MS);
  const performance = days === undefined ? {} : { days: `${days};${EXPIRY_WARNING_DAYS}:;0:` };
  const expiry = expiresAt === undefined ? '' : `, and it expires on ${isoDay(expiresAt)} (in ${days} days)`;
  const found = (state: CheckState, message: string, remedy?: string) =>
    result(name, state, `the key is accepted, ${message}${expiry}`, { performance, remedy });
  if (rights.canWithdraw) return found('critical', 'but it has withdrawal permission', REPLACE);
  if (!rights.readOnly || rights.canTrade) return found('warning', 'but it is not read-only', REPLACE);
  if (days !== undefined && days < EXPIRY_WARNING_DAYS) {
    return found('warning', 'read-only', 'Create a new read-only key, or bind this one to your IP address.');
  }
  return found('ok', 'read-only');
}

/** A check of its own: who has no fixed address leaves it out with --skip key-binding. */
function bindingResult(name: string, { ipBound }: KeyRights): CheckResult {
  if (ipBound) return result(name, 'ok', 'the key is bound to IP addresses');
  return result(name, 'warning', 'the key works from any IP address', {
    remedy:
      "Bind it to this machine's IP address at the exchange; if you have no fixed address: --skip key-binding",
  });
}
