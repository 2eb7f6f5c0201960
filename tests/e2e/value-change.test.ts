import { expect, test } from '@jest/globals';
import { onServer, type ServerStage } from '../support/on-server.js';
import { fill, SINCE } from '../support/stage.js';

let opened: ServerStage;

/** Two syncs, the first of which is put back by a day and some; bitcoin rose between them. */
onServer('all', async (stage) => {
  opened = stage;
  const { account, simulator } = opened.stage;
  fill(account, simulator.world.now());
  expect(await opened.stage.run(['sync', ...SINCE])).toMatchObject({ code: 0 });
  const { stdout } = await opened.stage.run(['show']);
  expect(stdout).toContain('Gain over 24 h —, over 7 d —\n');
  await opened.sql`update exchange_sync.snapshots set taken_at = taken_at - interval '24 hours 20 minutes'`;
  await opened.sql`update exchange_sync.pool_history set since = since - interval '24 hours 20 minutes'`;
  simulator.world.setPrice('BTCUSDT', '90000');
  expect(await opened.stage.run(['sync'])).toMatchObject({ code: 0 });
});

test('show tells how the value changed, by what the syncs stored', async () => {
  const [row] = await opened.sql`
    select max(value) filter (where recency = 1) - max(value) filter (where recency = 2) as change
      from (select value, row_number() over (order by taken_at desc) as recency from exchange_sync.snapshots) as s`;
  const { stdout } = await opened.stage.run(['show', '--format', 'json']);
  const change = { day: { amount: row?.['change'] as string }, week: null };
  expect(JSON.parse(stdout)).toMatchObject({ accounts: [{ valueChange: change }], valueChange: change });
  const table = await opened.stage.run(['show'], { env: { COLUMNS: '80' } });
  expect(table.stdout).toMatch(
    /^Gain over 24 h \+\d,\d{3}\.\d\d \(\+\d+\.\d\d%\), over 7 d — {2}▁\u00a0{3}█$/m,
  );
});
