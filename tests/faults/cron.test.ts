import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adjusted, bareEnvironment, CRON_JOBS, install } from '../support/crontab.js';
import { needsPackage, needsRoot } from '../support/needs.js';
import { fill, openStage, SINCE, type Stage } from '../support/stage.js';

const SENDMAIL = '/usr/sbin/sendmail';
const APART_S = 25;
const INSTALLED = '/etc/cron.d/exchange-sync-test';

let stage: Stage;
/** What takes back each thing that was done to the machine, whatever failed after it. */
const undo: (() => unknown)[] = [];
let mailbox: string;

beforeAll(async () => {
  needsPackage('cron');
  needsRoot('installs cron jobs');
  if (existsSync(SENDMAIL)) throw new Error(`this suite stands in for ${SENDMAIL}, which is there already`);
  stage = await openStage();
  undo.push(stage.end);
  fill(stage.account, stage.simulator.world.now());
  install(stage);
  mailbox = join(stage.folder, 'mailbox');
  place(SENDMAIL, `#!/bin/sh\ncat >> ${mailbox}\n`, 0o755);
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
  stage.simulator.requests.length = 0;
  installJobs();
  const daemon = spawn('cron', ['-f'], { stdio: 'ignore' });
  undo.push(() => daemon.kill());
});
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});

function place(path: string, text: string, mode: number): void {
  undo.push(() => {
    rmSync(path, { force: true });
  });
  writeFileSync(path, text, { mode });
}

/** The example's lines every minute in place of every 30, for root; apart as there, as both open the embedded database. */
function installJobs(): void {
  const environment = Object.entries({ ...bareEnvironment(stage), MAILTO: 'root' })
    .filter(([name]) => name !== 'LOGNAME')
    .map(([name, value]) => `${name}=${value}\n`);
  const jobs = CRON_JOBS.map(
    ({ command }, index) => `* * * * * root sleep ${index * APART_S}; ${adjusted(stage, command)}\n`,
  );
  place(INSTALLED, [...environment, ...jobs].join(''), 0o644);
}

const mail = (): string => (existsSync(mailbox) ? readFileSync(mailbox, 'utf8') : '');

async function until(condition: () => boolean): Promise<void> {
  for (let seconds = 0; seconds < 100 && !condition(); seconds += 1) await pause(1_000);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('a real cron daemon syncs without a mail while all is well, and mails the failure when the key is refused', async () => {
  await until(() => stage.simulator.requests.some(({ path }) => path === '/v5/market/tickers'));
  // First, as a mail tells why nothing was asked.
  expect(mail()).toBe('');
  expect(stage.simulator.requests.length).toBeGreaterThan(0);
  await pause(6_000);
  expect(mail()).toBe('');
  stage.account.expired = true;
  await until(() => mail().includes('expired'));
  expect(mail()).toContain('Subject: Cron');
  expect(mail()).toContain('Fix:');
}, 230_000);
