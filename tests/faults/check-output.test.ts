import { expect } from '@jest/globals';
import { inTerminal } from '../support/in-terminal.js';
import { needsPackage } from '../support/needs.js';
import { onServer, type ServerStage } from '../support/on-server.js';
import { fill, SINCE } from '../support/stage.js';
import { fault } from './fault.js';

let opened: ServerStage;

onServer('all', async (stage) => {
  opened = stage;
  fill(stage.stage.account, stage.stage.simulator.world.now());
  expect(await stage.stage.run(['sync', ...SINCE])).toMatchObject({ code: 0 });
});

needsPackage('bsdutils', 'script');

fault('E16', async () => {
  const { stage, sql } = opened;
  const terminal = async (args: readonly string[]) =>
    (await inTerminal(stage, args, { NO_COLOR: '1' })).replaceAll('\r\n', '\n');
  const check = ['check', '--offline', '--skip', 'key-binding'];
  expect(await terminal(check)).toMatch(
    /^OK: \d+ checks passed\n\n✓ {2}configuration [^]*\n\n✓ {2}bybit: \d+ checks passed, 1 skipped\n$/,
  );
  await sql`update exchange_sync.wallets set read_at = now() - interval '3 days' where wallet = 'FUND'`;
  const shown = await terminal(check);
  expect(shown).toMatch(
    /^WARNING: 1 of \d+ checks needs attention\n\nbybit\n! {2}wallets +FUND was read 3 days ago/,
  );
  expect(shown).toMatch(/\n! {2}bybit: \d+ of \d+ checks passed, 1 skipped\n$/);
  expect(shown).not.toContain(' | ');
  expect(await terminal([...check, '-v'])).toMatch(/\n✓ {2}retention /);
  const plugin = /^WARNING: wallets:bybit: .* \| database\.time=\d+ms .*cost:bybit\.known=100\.00%.*\n/;
  expect(await terminal([...check, '--format', 'nagios'])).toMatch(plugin);
  expect(await stage.run(check)).toMatchObject({ code: 1, stdout: expect.stringMatching(plugin) as unknown });
});
