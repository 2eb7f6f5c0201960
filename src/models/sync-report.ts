import type { FailureKind } from '../errors.js';
import type { AccountId } from './account.js';
import type { MissingAcquisition, UnvaluedEvent } from './pool.js';

/** What one account's sync did. `changed: 'partial'` where a wallet could not be read. */
export type AccountReport =
  | {
      readonly account: AccountId;
      readonly outcome: 'synced' | 'partial';
      readonly assets: number;
      readonly newTrades: number;
      readonly newTransfers: number;
      readonly unpriced: readonly string[];
      /** Assets held whose cost is not wholly known: `known` of `held`, decimal strings. */
      readonly unknownCost: readonly {
        readonly asset: string;
        readonly known: string;
        readonly held: string;
      }[];
      readonly missing: readonly MissingAcquisition[];
      readonly unvalued: readonly UnvaluedEvent[];
      readonly unreadableWallets: readonly { readonly wallet: string; readonly reason: string }[];
      readonly requests: number;
      readonly retries: number;
      readonly milliseconds: number;
      readonly dryRun: boolean;
    }
  | {
      readonly account: AccountId;
      readonly outcome: 'failed';
      /** 'bug' is an error nobody expected. */
      readonly kind: FailureKind | 'bug';
      readonly message: string;
      readonly fix: string | undefined;
      readonly requests: number;
      readonly retries: number;
      readonly milliseconds: number;
    };

export interface SyncReport {
  readonly runId: string;
  readonly accounts: readonly AccountReport[];
  readonly milliseconds: number;
}
