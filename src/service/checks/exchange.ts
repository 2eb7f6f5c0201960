import type { ExchangeClient, KeyRights } from '../../client/exchange-client.js';
import type { Account, AccountId } from '../../models/account.js';
import type { CheckResult, CheckState } from '../../models/check.js';
import { isoDay } from '../../models/day.js';
import {
  accountsIn,
  type Check,
  failed,
  fetchHosts,
  nameFor,
  openClient,
  result,
  type StoredHosts,
} from './check.js';

/** Requests are refused by the exchange beyond a few seconds; half of that is worth a word. */
const CLOCK_WARNING_MS = 2_500;
const EXPIRY_WARNING_DAYS = 14;
const DAY_MS = 86_400_000;
const REPLACE = 'Replace it by a read-only key; this program only ever reads.';

/** The exchange answers, our clocks agree, and the key is accepted; one after another per account. */
export const exchange: Check = {
  subjects: ['exchange', 'clock', 'key', 'key-binding'],
  run: async (context) => {
    const accounts = accountsIn(context);
    if (context.offline) return accounts.map(({ id }) => skipped(nameFor('exchange', id), '--offline'));
    // What is wrong with the database is said by its own check.
    const hosts = await fetchHosts(context).catch((): StoredHosts => new Map());
    const results = await Promise.all(
      accounts.map(async (account) => {
        const name = nameFor('exchange', account.id);
        try {
          return await inspect(account, await openClient(context, account, hosts), context.now);
        } catch (error) {
          return [failed(name, error)];
        }
      }),
    );
    return results.flat();
  },
};

const skipped = (name: string, why: string): CheckResult => result(name, 'skipped', `not looked at: ${why}`);

async function inspect(account: Account, client: ExchangeClient, now: number): Promise<CheckResult[]> {
  const { id, environment } = account;
  const reachable = nameFor('exchange', id);
  try {
    const offset = await client.readClockOffset();
    return [
      result(reachable, 'ok', `${id} answers${environment === 'live' ? '' : ` (${environment})`}`),
      clockResult(nameFor('clock', id), offset),
      ...(await inspectKey(id, client, now)),
    ];
  } catch (error) {
    return [failed(reachable, error), skipped(nameFor('key', id), 'the exchange did not answer')];
  }
}

function clockResult(name: string, offset: number): CheckResult {
  const performance = { offset: `${offset}ms` };
  const message = `this machine's clock is ${Math.abs(offset)} ms ${offset < 0 ? 'ahead of' : 'behind'} the exchange's`;
  if (Math.abs(offset) <= CLOCK_WARNING_MS) return result(name, 'ok', message, { performance });
  return result(name, 'warning', message, {
    performance,
    remedy: 'Turn on time synchronisation: timedatectl set-ntp true',
  });
}

async function inspectKey(account: AccountId, client: ExchangeClient, now: number): Promise<CheckResult[]> {
  const name = nameFor('key', account);
  try {
    const rights = await client.readKeyRights();
    return [keyResult(name, rights, now), bindingResult(nameFor('key-binding', account), rights)];
  } catch (error) {
    return [failed(name, error)];
  }
}

function keyResult(name: string, rights: KeyRights, now: number): CheckResult {
  const { expiresAt } = rights;
  const days = expiresAt === undefined ? undefined : Math.floor((expiresAt - now) / DAY_MS);
  const performance = days === undefined ? {} : { days: `${days};${EXPIRY_WARNING_DAYS}:;0:` };
  const expiry = expiresAt === undefined ? '' : `, and it expires on ${isoDay(expiresAt)} (in ${days} days)`;
  const found = (state: CheckState, message: string, remedy?: string) =>
    result(name, state, `the key is accepted, ${message}${expiry}`, { performance, remedy });
  if (rights.canWithdraw) return found('critical', 'but it can withdraw', REPLACE);
  if (!rights.readOnly || rights.canTrade) return found('warning', 'but it can do more than read', REPLACE);
  if (days !== undefined && days < EXPIRY_WARNING_DAYS) {
    return found('warning', 'read-only', 'Make a new read-only key, or bind this one to your IP address.');
  }
  return found('ok', 'read-only');
}

/** A check of its own: who has no fixed address leaves it out with --skip key-binding. */
function bindingResult(name: string, { ipBound }: KeyRights): CheckResult {
  if (ipBound) return result(name, 'ok', 'the key is bound to IP addresses');
  return result(name, 'warning', 'the key works from any IP address', {
    remedy: 'Bind it to the address of this machine at the exchange; without a fixed one: --skip key-binding',
  });
}
