import { expect } from '@jest/globals';
import type postgres from 'postgres';
import type { ServerSettings } from '../../src/models/settings.js';
import { onServer } from '../support/on-server.js';
import { fill, SINCE, type Stage, QUIET } from '../support/stage.js';
import { fetchStored } from '../support/stored.js';
import { urlOf } from '../support/urls.js';
import { fault } from './fault.js';

const ROLE = 'sees_less';
const PASSWORD = 'canaryRole';

let stage: Stage;
let admin: postgres.Sql;
let database: ServerSettings;

onServer('each', (opened) => {
  ({ stage, sql: admin, database } = opened);
});

/** What each command says and ends with: sync, show, check. */
async function told() {
  const runs = [];
  for (const command of ['sync', 'show', 'check --offline']) {
    const { code, stdout, stderr } = await stage.run(command.split(' '));
    runs.push({ code, text: (stderr + stdout).replaceAll(/\s+/g, ' ') });
  }
  return runs;
}

fault(
  'F9',
  async () => {
    fill(stage.account, stage.simulator.world.now());
    await admin.unsafe(`create role ${ROLE} login password '${PASSWORD}'`);
    await admin.unsafe(`
    grant create on schema public to ${ROLE};
    grant create on database ${database.database} to ${ROLE}`);
    stage.env['DATABASE_URL'] = urlOf({ ...database, user: ROLE, password: PASSWORD });
    expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
    const kept = await fetchStored(admin);
    for (const table of [
      'exchange_sync.schema_migrations',
      'exchange_sync.pools',
      'public.portfolio_items',
    ]) {
      await admin.unsafe(`alter table ${table} enable row level security, force row level security`);
      await admin.unsafe(`create policy nobody on ${table} for select using (length(current_user) > 99)`);
      const policy = `CREATE POLICY exchange_sync ON ${table} TO ${ROLE} USING (true) WITH CHECK (true);`;
      for (const [at, { code, text }] of (await told()).entries()) {
        expect({ at, code, text }).toMatchObject({ at, code: [78, 78, 2][at] });
        expect(text).toContain(`row-level security hides rows from the role ${ROLE}: ${table}`);
        expect(text).toContain(policy);
        expect(text).not.toMatch(/report|older|differ/);
      }
      expect(await fetchStored(admin)).toEqual(kept);
      await admin.unsafe(policy);
    }
    expect((await told()).map(({ code }) => code)).toEqual([0, 0, 0]);
    await admin.unsafe(`drop owned by ${ROLE} cascade; drop role ${ROLE}`);
  },
  120_000,
);
