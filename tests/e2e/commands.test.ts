import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';

let stage: Stage;

onServer('each', (opened) => {
  ({ stage } = opened);
  fill(stage.account, stage.simulator.world.now());
});

describe('check and show', () => {
  test('check warns of a key that can do more than read, and of one that can withdraw', async () => {
    await stage.run(['sync', ...SINCE]);
    stage.account.readOnly = 0;
    expect((await stage.run(['check'])).code).toBe(1);
    stage.account.permissions = { ...stage.account.permissions, Wallet: ['Withdraw'] };
    const result = await stage.run(['check', '--format', 'json']);
    expect(result.code).toBe(2);
    expect(JSON.parse(result.stdout)).toMatchObject({ schemaVersion: 1, status: 'critical', exitCode: 2 });
  });

  test('check says how old the last good sync is', async () => {
    await stage.run(['sync', ...SINCE]);
    expect((await stage.run(['check', '--offline', '--max-age', '1h'])).code).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const result = await stage.run(['check', '--offline', '--max-age', '1s']);
    expect(result).toMatchObject({
      code: 2,
      stdout: expect.stringContaining('last successful sync') as unknown,
    });
  });

  test('show prints csv with every digit, and percentages alone with --privacy', async () => {
    await stage.run(['sync', ...SINCE]);
    const csv = await stage.run(['show', '--format', 'csv']);
    expect(csv.stdout.split('\r\n')[0]).toBe(
      'account,asset,quantity,price,value,known_quantity,cost,average_entry,pnl,currency,note',
    );
    expect(csv.stdout).toContain('bybit,BTC,0.0599,');
    expect((await stage.run(['show', '--privacy'])).stdout).not.toContain('6,527.33');
  });
});

describe('the command line', () => {
  test.each(['sync', 'show', 'check', 'account', 'export', 'completion'])(
    '%s --help has examples and the exit status',
    async (command) => {
      const { code, stdout } = await stage.run([command, '--help']);
      expect(code).toBe(0);
      expect(stdout).toContain('Examples:');
      expect(stdout).toContain('Exit status');
    },
  );

  test.each([
    [['help'], ['--help']],
    [
      ['help', 'sync'],
      ['sync', '--help'],
    ],
    [['help', 'help'], ['--help']],
  ])('%j is answered as %j is', async (args, same) => {
    const asked = await stage.run(args);
    expect(asked).toEqual(await stage.run(same));
    expect(asked).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage:') as unknown });
  });

  test('without a command the help goes to standard error, 64', async () => {
    const { stdout: help } = await stage.run(['--help']);
    expect(await stage.run([])).toMatchObject({ code: 64, stdout: '', stderr: help });
  });

  test('--version prints the version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await stage.run(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  test.each([
    [['snyc'], 'Did you mean sync?'],
    [['help', 'snyc'], 'Did you mean sync?'],
    [['help', 'everything'], 'exchange-sync --help'],
    [['sync', '--dryrun'], 'Did you mean --dry-run?'],
    [['everything'], 'exchange-sync --help'],
    [['show', '--everything'], 'exchange-sync show --help'],
    [['sync', '--timeout', 'soon'], '45m'],
    [['sync', '--since', 'tomorrow'], '2024-01-31'],
    [['check', '--max-age', '5'], '45m'],
    [['sync', '--since', '2024-02-31'], '2024-01-31'],
    [['sync', '--since', '2999-01-01'], 'future'],
    [['show', '--format', 'xml'], 'table, json, csv'],
    [['show', '--min-value', 'lots'], 'amount'],
    [['show', 'everything'], 'too many arguments'],
    [['sync', '-e', ''], 'It is blank'],
    [['check', '-e', 'bybit', '-e', ' '], 'It is blank'],
    [['sync', '--metrics-file', ''], 'It is blank'],
    [['show', '--trades', ''], 'It is blank'],
    [['show', '--history', '30d', '--asset', ''], 'It is blank'],
    [['completion'], "missing required argument 'shell'"],
    [['completion', 'tcsh'], 'Fix: Choose: bash, zsh, fish.'],
  ])('%j is a usage error, 64, with a hint', async (args, hint) => {
    const result = await stage.run(args);
    expect(result).toMatchObject({ code: 64, stdout: '' });
    expect(result.stderr).toContain(hint);
    expect(result.stderr).toMatch(/^Error: .*\n {2}Fix: .*\n {2}Exit code 64\.\n$/s);
    expect(stage.simulator.requests).toHaveLength(0);
  });

  test('with nothing configured the fix leads from a key to the first figures, at the width of the terminal', async () => {
    const env = { BYBIT_API_KEY: '', BYBIT_API_SECRET: '', COLUMNS: '40' };
    const { code, stdout, stderr } = await stage.run(['sync'], { env });
    expect({ code, stdout }).toEqual({ code: 78, stdout: '' });
    for (const step of ['BYBIT_API_KEY', 'BINANCE_API_KEY', 'Read-Only', 'exchange-sync show']) {
      expect(stderr).toContain(step);
    }
    expect(stderr.split('\n').filter((line) => line.length > 40)).toEqual([]);
    expect(stderr).not.toContain('redacted');
  });
});
