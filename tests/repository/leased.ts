import { randomUUID } from 'node:crypto';
import type { Database } from '../../src/database/with-database.js';
import type { AccountCommit } from '../../src/repository/account-commit.js';
import type { BooksCommit } from '../../src/repository/books-rows.js';
import { takeLease } from '../../src/repository/leases.js';

let accounts = 0;

/** A new account with its lease taken. */
export async function leased(database: Database): Promise<{ account: string; runId: string }> {
  accounts += 1;
  const request = { account: `bybit/test${accounts}`, runId: randomUUID(), holder: 'here:1', ttlMs: 60_000 };
  const lease = await database.run((sql) => takeLease(sql, request));
  if (!lease.taken) throw new Error('a new account was taken already');
  return request;
}

export const NO_BOOKS: BooksCommit = {
  after: undefined,
  arrival: '0',
  settings: 'test',
  pools: [],
  days: [],
  missing: [],
  unvalued: [],
  carried: new Map(),
  checkpoints: [],
  dropped: [],
  resolutions: [],
};

/** The commit of a good run that found nothing, but for what is given. */
export const commitOf = (
  account: string,
  runId: string,
  endedAt: number,
  more: Partial<AccountCommit> = {},
): AccountCommit => ({
  account,
  runId,
  startedAt: endedAt - 1000,
  endedAt,
  wallets: [],
  holdings: [],
  trades: [],
  transfers: [],
  incomes: [],
  differences: [],
  cursors: [],
  books: NO_BOOKS,
  success: true,
  ...more,
});
