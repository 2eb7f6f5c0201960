import { expect } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerSettings } from '../../src/models/settings.js';
import type { SimulatedAccount } from '../simulator/account.js';
import { type Simulator, startSimulator } from '../simulator/simulator.js';
import { type CliOptions, type CliResult, runCli, type RunningCli, startCli } from './cli.js';
import { refuseLeft } from './left-secrets.js';
import { urlOf } from './urls.js';

export const KEY = 'canaryKey0123456789';
export const SECRET = 'canarySecret0123456789abcdefghijklmn';
const DAY_MS = 86_400_000;

/** Nothing, but for the first sync into a database of a server, which names it. */
export const QUIET = expect.stringMatching(
  /^(First sync into the database \S+: its tables are created now\.\n)?$/,
) as unknown as string;

/** A simulated exchange with one account, a folder, and the program set up for both. */
export interface Stage {
  readonly simulator: Simulator;
  readonly account: SimulatedAccount;
  readonly folder: string;
  readonly env: Record<string, string>;
  readonly run: (args: readonly string[], more?: Changes) => Promise<CliResult>;
  readonly start: (args: readonly string[], more?: Changes) => RunningCli;
  /** What the last JSON output of `show` says of the first account. */
  readonly show: () => Promise<ShownAccount>;
  readonly end: () => Promise<void>;
}

/** What one run has otherwise than the stage. */
export type Changes = Partial<CliOptions> & { readonly without?: readonly string[] };

export interface ShownAccount {
  readonly account: string;
  readonly lastFailure: { readonly message: string } | null;
  readonly holdings: readonly Readonly<Record<string, unknown>>[];
}

/** `database` undefined: the embedded one. */
export async function openStage(database?: ServerSettings): Promise<Stage> {
  const simulator = await startSimulator();
  const account = simulator.world.addAccount(KEY, SECRET);
  const folder = mkdtempSync(join(tmpdir(), 'exchange-sync-test-'));
  const env: Record<string, string> = {
    HOME: folder,
    BYBIT_API_KEY: KEY,
    BYBIT_API_SECRET: SECRET,
    BYBIT_BASE_URL: simulator.url,
    EXCHANGE_SYNC_DATA_DIR: join(folder, 'data'),
    ...(database ? { DATABASE_URL: urlOf(database) } : {}),
  };
  const options = ({ without = [], ...more }: Changes = {}): CliOptions => {
    const all = Object.entries({ ...env, ...more.env }).filter(([name]) => !without.includes(name));
    return { cwd: folder, ...more, env: Object.fromEntries(all) };
  };
  return {
    simulator,
    account,
    folder,
    env,
    run: (args, more) => runCli(args, options(more)),
    start: (args, more) => startCli(args, options(more)),
    show: async () => {
      const { stdout } = await runCli(['show', '--format', 'json'], options());
      const [first] = (JSON.parse(stdout) as { accounts: ShownAccount[] }).accounts;
      if (!first) throw new Error('nothing is shown');
      return first;
    },
    end: async () => {
      await simulator.stop();
      refuseLeft();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Yesterday: a first sync from here needs few requests. */
export const yesterday = (): string => new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);

export const SINCE = ['--since', yesterday()] as const;

/** A small portfolio of the last hours. */
export function fill(account: SimulatedAccount, now: number): void {
  const HOUR_MS = 3_600_000;
  account.deposit('USDT', '10000', { time: now - 9 * HOUR_MS });
  account.trade({
    symbol: 'MNTUSDT',
    side: 'Buy',
    amount: '100',
    price: '0.7',
    time: now - 8 * HOUR_MS,
    feeAsset: 'USDT',
  });
  account.trade({ symbol: 'BTCUSDT', side: 'Buy', amount: '0.1', price: '60000', time: now - 7 * HOUR_MS });
  account.trade({ symbol: 'BTCUSDT', side: 'Sell', amount: '0.04', price: '65000', time: now - 6 * HOUR_MS });
}
