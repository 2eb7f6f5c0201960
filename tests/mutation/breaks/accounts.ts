import { edit, type Mutant, mutant } from '../mutant.js';

/** Whose accounts are read, in which order, and what of them cannot be read. */
export const ACCOUNTS: readonly Mutant[] = [
  mutant(
    'B7',
    'a look at the environment of an account',
    edit(
      'service/account-identity.ts',
      '  if (known && known.environment !== environment) throw otherEnvironment(account, known);\n',
      '',
    ),
  ),
  mutant(
    'B7',
    "a look at the exchange's id of an account",
    edit(
      'service/account-identity.ts',
      '  if (differs(known?.exchangeAccountId, exchangeAccountId)) throw',
      '  if (differs(undefined, exchangeAccountId)) throw',
    ),
  ),
  mutant(
    'B8',
    'the warning of a key that can trade',
    edit(
      'service/key-rights.ts',
      '  if (rights?.canTrade && cache.get(TRADING_KIND) !== hash)',
      '  if (rights?.canTrade && hash.length === 0)',
    ),
  ),
  mutant(
    'C1',
    'a refused path costing that path alone',
    edit('service/parts.ts', '    if (!(error instanceof PartFailure)) throw error;\n', '    throw error;\n'),
  ),
  mutant(
    'C2',
    'the memory of what is not offered',
    edit('service/parts.ts', '    if (isGone) this.#context.known.add(part, Date.now());\n', ''),
  ),
  mutant(
    'C3',
    'what sub-accounts cannot read being left alone',
    edit('service/parts.ts', '      this.#missing.set(part, { ...SUB_ACCOUNT, part });\n', ''),
  ),
  mutant(
    'E1',
    "the products of the exchange's overview",
    edit(
      'service/account-totals.ts',
      'products: [...inWallets, ...products], readAt',
      'products: inWallets, readAt',
    ),
  ),
  mutant(
    'E7',
    "belief in the exchange's overview",
    edit('service/read-holdings.ts', '  if (isMovedElsewhere(overview, stored)) return;\n', ''),
  ),
  mutant(
    'E8',
    'accounts that were never synced',
    edit(
      'repository/portfolio.ts',
      'where not exists (select from exchange_sync.snapshots s where s.account = other.account))',
      'where false)',
    ),
  ),
  mutant(
    'E11',
    'the stalest account coming first',
    edit('repository/runs.ts', 'order by newest.ended_at nulls first, asked.place', 'order by asked.place'),
  ),
  mutant(
    'E12',
    'the memory of an account being freed',
    edit(
      'service/stored-sync.ts',
      '    report: reportOf(outcome),\n',
      '    report: reportOf(outcome),\n    ...{ outcome },\n',
    ),
  ),
  mutant(
    'E15',
    'a log line for each account',
    edit('render/sync-log.ts', '    ...accounts.flatMap(accountLine),\n', ''),
  ),
  mutant(
    'F4',
    'the refusal of an account under a second name',
    edit('service/account-identity.ts', '  if (other !== undefined) throw otherName(id, other);\n', ''),
  ),
];
