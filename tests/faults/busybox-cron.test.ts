import { afterAll, beforeAll, expect } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../support/cli.js';
import { adjusted, install } from '../support/crontab.js';
import { needsPackage, needsRoot } from '../support/needs.js';
import { fill, openStage, SINCE, type Stage } from '../support/stage.js';
import { fault } from './fault.js';

let stage: Stage;

beforeAll(async () => {
  needsPackage('busybox-static', 'busybox', '--help');
  needsRoot('runs a cron daemon');
  stage = await openStage();
  fill(stage.account, stage.simulator.world.now());
  install(stage);
});
afterAll(async () => {
  await stage.end();
});

/** The whole example, its sync every minute. */
function installCrontab(): string {
  const folder = join(stage.folder, 'crontabs');
  const example = readFileSync(join(PROJECT, 'crontab.example'), 'utf8');
  mkdirSync(folder);
  writeFileSync(join(folder, 'root'), adjusted(stage, example).replace(/^7,37 /m, '* '), { mode: 0o600 });
  return folder;
}

fault(
  'F10',
  async () => {
    expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
    stage.simulator.requests.length = 0;
    const log = join(stage.folder, 'crond.log');
    const daemon = spawn('busybox', ['crond', '-f', '-c', installCrontab(), '-L', log], { stdio: 'ignore' });
    const isSynced = () => stage.simulator.requests.some(({ path }) => path === '/v5/market/tickers');
    for (let seconds = 0; seconds < 100 && !isSynced(); seconds += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    daemon.kill();
    expect({ synced: isSynced(), log: readFileSync(log, 'utf8') }).toMatchObject({ synced: true });
    // Its run has to end before its folder is removed.
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect((await stage.run(['check', '--offline', '--only', 'last-sync'])).code).toBe(0);
  },
  180_000,
);
