import { expect, test } from '@jest/globals';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage } from '../support/stage.js';

let stage: Stage;

/** The same small portfolio in two accounts. */
onServer('all', async (opened) => {
  ({ stage } = opened);
  const { account, simulator, env } = stage;
  const sub = simulator.world.addAccount('subKey0123456789', 'subSecret0123456789abcdefghijklmn');
  Object.assign(env, {
    BYBIT_SUB1_API_KEY: sub.apiKey,
    BYBIT_SUB1_API_SECRET: sub.secret,
    BYBIT_SUB1_BASE_URL: simulator.url,
  });
  fill(account, simulator.world.now());
  fill(sub, simulator.world.now());
  expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0 });
});

test('show --group asset is one table over all accounts, as Markdown too', async () => {
  const { stdout } = await stage.run(['show', '--group', 'asset']);
  expect(stdout).toMatch(/^All 2 accounts {2}synced just now, in USD$/m);
  expect(stdout).toMatch(/^BTC +0\.1198 /m);
  expect(stdout.match(/^Total /gm)).toHaveLength(1);
  const markdown = await stage.run(['show', '--group', 'asset', '--format', 'markdown']);
  expect(markdown.stdout).toMatch(/^\| BTC \| 0\.1198 \| /m);
  const trades = await stage.run(['show', '--trades', 'BTC', '--format', 'markdown', '--limit', '1']);
  expect(trades.stdout.match(/^\| \d{4}-\d\d-\d\d \| .* \| sold \| USDT \| -0\.04 \| /gm)).toHaveLength(2);
});

test.each([
  [['--group', 'asset', '--format', 'csv'], "'--group' has no effect with --format csv"],
  [['--group', 'coin'], 'Choose: account, asset'],
])('show %j is a usage error, 64', async (args, hint) => {
  const result = await stage.run(['show', ...args]);
  expect(result).toMatchObject({ code: 64, stdout: '' });
  expect(result.stderr).toContain(hint);
});
