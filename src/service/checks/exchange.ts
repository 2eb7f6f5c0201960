import type { ExchangeClient, KeyRights } from '../../client/exchange-client.js';
import type { Account } from '../../models/account.js';
import type { CheckResult } from '../../models/check.js';
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
const EXPIRY_WARNING_MS = 14 * 86_400_000;

/** The exchange answers, our clocks agree, and the key is accepted; one after another per account. */
export const exchange: Check = {
  name: 'exchange',
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
  const [reachable, clock, key] = (['exchange', 'clock', 'key'] as const).map((name) =>
    nameFor(name, account.id),
  );
  try {
    const offset = await client.readClockOffset();
    return [
      result(reachable ?? '', 'ok', `${account.id} answers`),
      clockResult(clock ?? '', offset),
      await inspectKey(key ?? '', client, now),
    ];
  } catch (error) {
    return [failed(reachable ?? '', error), skipped(key ?? '', 'the exchange did not answer')];
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

async function inspectKey(name: string, client: ExchangeClient, now: number): Promise<CheckResult> {
  try {
    return judge(name, await client.readKeyRights(), now);
  } catch (error) {
    return failed(name, error);
  }
}

function judge(name: string, rights: KeyRights, now: number): CheckResult {
  if (rights.canWithdraw) {
    return result(name, 'critical', 'the key is accepted, and it can withdraw', {
      remedy: 'Replace it by a read-only key; this program only ever reads.',
    });
  }
  if (rights.expiresAt !== undefined && rights.expiresAt - now < EXPIRY_WARNING_MS) {
    const day = new Date(rights.expiresAt).toISOString().slice(0, 10);
    return result(name, 'warning', `the key is accepted, but it expires on ${day}`, {
      remedy: 'Make a new read-only key, or bind this one to your IP address.',
    });
  }
  if (!rights.readOnly || rights.canTrade) {
    return result(name, 'warning', 'the key is accepted, but it can do more than read', {
      remedy: 'Replace it by a read-only key; this program only ever reads.',
    });
  }
  const bound = rights.ipBound ? 'bound to IP addresses' : 'not bound to an IP address';
  return result(name, 'ok', `the key is accepted, read-only and ${bound}`);
}
