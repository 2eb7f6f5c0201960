import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerSettings } from '../../src/models/settings.js';
import {
  type CliOptions,
  type CliResult,
  type ClockChange,
  runCli,
  type RunningCli,
  startCli,
} from '../support/cli.js';
import { refuseLeft } from '../support/left-secrets.js';
import { urlOf } from '../support/urls.js';
import type { Story } from './story.js';

/** The built program, set up for the accounts of a story and one database, by the story's clock. */
export interface Program {
  /** Of its log, and of the embedded database. */
  readonly dataDirectory: string;
  readonly run: (args: readonly string[]) => Promise<CliResult>;
  readonly start: (args: readonly string[], clock?: ClockChange) => RunningCli;
  readonly end: () => void;
}

/** `databaseEnv`: empty for the embedded database. */
export function openProgram(
  story: Story,
  exchangeUrl: string,
  databaseEnv: Readonly<Record<string, string>>,
): Program {
  const { world } = story;
  const folder = mkdtempSync(join(tmpdir(), 'exchange-sync-history-'));
  const dataDirectory = join(folder, 'data');
  const env = {
    HOME: folder,
    EXCHANGE_SYNC_DATA_DIR: dataDirectory,
    ...databaseEnv,
    ...Object.fromEntries(story.traders.flatMap(({ id, account }) => settingsOf(id, account, exchangeUrl))),
  };
  const options = ({ shiftMs = 0, jump }: ClockChange = {}): CliOptions => ({
    ...{ env, cwd: folder, clockShift: world.now() - Date.now() + shiftMs },
    ...(jump && { clockJump: jump }),
  });
  return {
    dataDirectory,
    run: (args) => runCli(args, options()),
    start: (args, clock) => startCli(args, options(clock)),
    end: () => {
      refuseLeft();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const serverEnv = (database: ServerSettings) => ({ DATABASE_URL: urlOf(database) });

interface Key {
  readonly apiKey: string;
  readonly secret: string;
}

function settingsOf(id: string, { apiKey, secret }: Key, url: string): [string, string][] {
  const prefix = id.toUpperCase().replace('/', '_');
  return [
    [`${prefix}_API_KEY`, apiKey],
    [`${prefix}_API_SECRET`, secret],
    [`${prefix}_BASE_URL`, url],
  ];
}
