import type { Sql } from '../../database/with-database.js';
import type { CheckResult, Subject } from '../../models/check.js';
import { inspectBan } from './ban.js';
import { accountsIn, type CheckContext, failed, type InspectStored, nameFor } from './check.js';
import { inspectLastSync } from './last-sync.js';
import { inspectLease } from './lease.js';
import { inspectMarkets } from './markets.js';
import { inspectProducts } from './products.js';
import { inspectRecords } from './records.js';
import { inspectRetention } from './retention.js';
import { inspectSnapshots } from './snapshots.js';
import { inspectWallets } from './wallets.js';

/** What is stored of an account, subject by subject. */
const INSPECTIONS: Readonly<Partial<Record<Subject, InspectStored>>> = {
  'last-sync': inspectLastSync,
  wallets: inspectWallets,
  products: inspectProducts,
  snapshots: inspectSnapshots,
  lease: inspectLease,
  ban: inspectBan,
  markets: inspectMarkets,
  retention: inspectRetention,
  records: inspectRecords,
};

export const STORED_SUBJECTS = Object.keys(INSPECTIONS) as Subject[];

/** Of every account, over one connection; what cannot be read is a finding. */
export async function inspectStored(sql: Sql, context: CheckContext): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const account of accountsIn(context)) {
    for (const subject of STORED_SUBJECTS.filter(context.wanted)) {
      const inspect = INSPECTIONS[subject];
      const found = await inspect?.(sql, account, context).catch((error: unknown) =>
        failed(nameFor(subject, account.id), error),
      );
      if (found) results.push(found);
    }
  }
  return results;
}
