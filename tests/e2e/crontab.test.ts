import { describe, expect, test } from '@jest/globals';
import { CRON_ENVIRONMENT, CRON_JOBS, install, runAsCron } from '../support/crontab.js';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';

let stage: Stage;

onServer('each', (opened) => {
  ({ stage } = opened);
  fill(stage.account, stage.simulator.world.now());
  install(stage);
});

const [sync, check] = CRON_JOBS.map(({ command }) => command);

describe('crontab.example', () => {
  test('has two jobs every 30 minutes off the full hour, and a MAILTO', () => {
    expect(CRON_JOBS.map(({ schedule }) => schedule)).toEqual(['7,37 * * * *', '22,52 * * * *']);
    expect(CRON_ENVIRONMENT).toMatchObject({ SHELL: '/bin/sh', MAILTO: expect.any(String) as unknown });
    expect(check).toContain('check --offline --max-age');
  });

  test('has absolute paths and no variable of the crontab in its lines, which not every cron expands', () => {
    for (const { command } of CRON_JOBS) {
      expect(command).toMatch(/^cd \/opt\/exchange-sync && .*\/usr\/bin\/node dist\//);
      for (const name of Object.keys(CRON_ENVIRONMENT)) expect(command).not.toContain(`$${name}`);
    }
  });

  test('has no percent sign that cron would take for a line break', () => {
    for (const { command } of CRON_JOBS) expect(command).not.toMatch(/(^|[^\\])%/);
  });

  test('its lines are silent when all is well', async () => {
    expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
    expect(await runAsCron(stage, sync ?? '')).toEqual({ code: 0, mail: '' });
    expect(await runAsCron(stage, check ?? '')).toEqual({ code: 0, mail: '' });
  });

  test('the sync line mails a refused key with its fix, the check line what is wrong', async () => {
    stage.account.expired = true;
    const failed = await runAsCron(stage, sync ?? '');
    expect(failed).toMatchObject({ code: 77, mail: expect.stringContaining('expired') as unknown });
    expect(failed.mail).toContain('Fix:');
    const checked = await runAsCron(stage, check ?? '');
    expect(checked).toMatchObject({ code: 2, mail: expect.stringContaining('never been synced') as unknown });
  });
});
