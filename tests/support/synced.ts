import { expect } from '@jest/globals';
import { onServer, type ServerStage } from './on-server.js';
import { fill, SINCE, type Stage, QUIET } from './stage.js';
import { fetchStored } from './stored.js';

export interface SyncedStage extends ServerStage {
  /** What the first sync stored is there unchanged, and nothing else. */
  readonly expectKept: () => Promise<void>;
}

/** Before each test a small portfolio, 1.5 ETH of it in the funding wallet, that was synced once. */
export function onSynced(prepare: (opened: SyncedStage) => void): void {
  onServer('each', async (opened) => {
    const { stage, sql } = opened;
    fill(stage.account, stage.simulator.world.now());
    stage.account.deposit('ETH', '1.5', { wallet: 'FUND' });
    expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
    stage.simulator.requests.length = 0;
    const before = await fetchStored(sql);
    const expectKept = async () => {
      expect(await fetchStored(sql)).toEqual(before);
    };
    prepare({ ...opened, expectKept });
  });
}

export const WALLETS = {
  unified: '/v5/account/wallet-balance',
  fund: '/v5/asset/transfer/query-account-coins-balance',
} as const;

/** The times at which a path was asked for. */
export const askedAt = ({ simulator }: Stage, path: string): readonly number[] =>
  simulator.requests.flatMap((request) => (request.path === path ? [request.at] : []));
