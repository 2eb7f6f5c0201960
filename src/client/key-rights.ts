import type { Account } from '../models/account.js';
import { type Part, streamPart } from '../models/coverage.js';
import type { Stream } from '../models/events.js';
import type { KeyRights } from './exchange-client.js';
import type { ExchangeSpec, KeyFacts } from './exchange-spec.js';
import type { Requester } from './request.js';

type Environment = Account['environment'];

/** What the key may do; undefined in an environment in which the exchange does not report it. */
export async function readKeyRights(
  spec: ExchangeSpec,
  requester: Requester,
  environment: Environment,
): Promise<KeyRights | undefined> {
  const row = spec.keyRights.find(({ environments }) => environments.includes(environment));
  if (!row) return undefined;
  const { held, isSubAccount, ...facts } = await requester.read<KeyFacts>(row.endpoint, {}, row.rightsOf);
  return {
    ...facts,
    missing: rightsUsed(spec, environment).filter((right) => !held.has(right)),
    unavailable: isSubAccount ? masterOnly(spec) : [],
  };
}

/** Every permission that reading an account of this environment needs. */
export function rightsUsed({ wallets, streams }: ExchangeSpec, environment: Environment): string[] {
  const rights = [...wallets, ...Object.values(streams)]
    .filter((part) => part?.environments.includes(environment))
    .flatMap((part) => part?.endpoint.right ?? []);
  return [...new Set(rights)];
}

const masterOnly = ({ streams }: ExchangeSpec): Part[] =>
  (Object.keys(streams) as Stream[]).filter((stream) => streams[stream]?.masterOnly).map(streamPart);

/** The exchange's own id of the account; undefined if it has no lasting one in this environment. */
export async function readAccountId(
  { accountId }: ExchangeSpec,
  requester: Requester,
  environment: Environment,
): Promise<string | undefined> {
  if (!accountId.environments.includes(environment)) return undefined;
  return await requester.read(accountId.endpoint, {}, accountId.idOf);
}
