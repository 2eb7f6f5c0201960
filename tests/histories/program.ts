import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerSettings } from '../../src/models/settings.js';
import { type CliResult, runCli, type RunningCli, startCli } from '../support/cli.js';
import { urlOf } from '../support/urls.js';
import type { Story } from './story.js';

/** The built program, set up for the accounts of a story and one database, by the story's clock. */
export interface Program {
  readonly run: (args: readonly string[]) => Promise<CliResult>;
  readonly start: (args: readonly string[]) => RunningCli;
  readonly end: () => void;
}

export function openProgram(story: Story, exchangeUrl: string, database: ServerSettings): Program {
  const { world } = story;
  const folder = mkdtempSync(join(tmpdir(), 'exchange-sync-history-'));
  const env = {
    HOME: folder,
    EXCHANGE_SYNC_DATA_DIR: join(folder, 'data'),
    DATABASE_URL: urlOf(database),
    ...Object.fromEntries(story.traders.flatMap(({ id, account }) => settingsOf(id, account, exchangeUrl))),
  };
  const options = () => ({ env, cwd: folder, clockShift: world.now() - Date.now() });
  return {
    run: (args) => runCli(args, options()),
    start: (args) => startCli(args, options()),
    end: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

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
