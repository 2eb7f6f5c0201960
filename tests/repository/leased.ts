import { randomUUID } from 'node:crypto';
import type { Database } from '../../src/database/with-database.js';
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
