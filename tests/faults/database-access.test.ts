import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import postgres from 'postgres';
import type { ServerSettings } from '../../src/models/settings.js';
import { ALPHAPULSE } from '../support/alphapulse.js';
import { startPostgres, type TestServer } from '../support/postgres.js';
import { fill, openStage, SINCE, type Stage, QUIET } from '../support/stage.js';
import { urlOf } from '../support/urls.js';
import { fault } from './fault.js';

/** Of the server, one of which is ours. */
const MAX_CONNECTIONS = 8;

let server: TestServer;
let owner: ServerSettings;
/** A role with a name that needs quotes and no rights, which the program uses. */
let stranger: ServerSettings;
let stage: Stage;
let sql: postgres.Sql;

beforeAll(async () => {
  const max_connections = String(MAX_CONNECTIONS);
  server = await startPostgres({ settings: { max_connections, superuser_reserved_connections: '0' } });
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  owner = await server.createDatabase();
  stranger = { ...owner, user: `App-${owner.database}`, password: 'canaryDb' };
  stage = await openStage(stranger);
  sql = postgres(urlOf(owner), { max: 1, onnotice: () => undefined });
  await sql`create role ${sql(stranger.user)} login password 'canaryDb'`;
  fill(stage.account, stage.simulator.world.now());
});
afterEach(async () => {
  await sql.end({ timeout: 1 });
  await stage.end();
});

const asOwner = () => stage.run(['sync', ...SINCE], { env: { DATABASE_URL: urlOf(owner) } });

/** Exactly what a person would copy from the message. */
async function runPrintedStatements(message: string): Promise<string> {
  const printed = /run: (.*;)$/m.exec(message)?.[1] ?? '';
  await sql.unsafe(printed);
  return printed;
}

describe('who is not let in ends with 78 and is told which it is', () => {
  fault(14, async () => {
    const cases: readonly (readonly [Partial<ServerSettings>, RegExp])[] = [
      [{ password: 'wrongCanary' }, /login failed for user "App-.*wrong password.*Fix: .*DB_PASS/s],
      [{ user: 'nobody' }, /login failed for user "nobody": wrong password or unknown role.*Fix: .*DB_USER/s],
      [{ database: 'nowhere' }, /no database nowhere.*Fix: .*DB_NAME.*createdb/s],
    ];
    for (const [wrong, said] of cases) {
      const result = await stage.run(['sync'], { env: { DATABASE_URL: urlOf({ ...stranger, ...wrong }) } });
      expect(result).toMatchObject({ code: 78, stderr: expect.stringMatching(said) as unknown });
      expect(result.stderr).not.toMatch(/canaryDb|wrongCanary/);
    }
  });

  test('a role that may not log in', async () => {
    await sql`alter role ${sql(stranger.user)} nologin`;
    const result = await stage.run(['sync']);
    expect(result).toMatchObject({
      code: 78,
      stderr: expect.stringMatching(/not permitted to log in/) as unknown,
    });
  });
});

describe('a role that lacks permissions is told the statements, which are enough', () => {
  const adopted = () => sql.unsafe(ALPHAPULSE);

  test.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'in an empty database',
      () => Promise.resolve(),
      /^GRANT CREATE ON DATABASE \w+ TO "App-test_\d+"; GRANT USAGE, CREATE ON SCHEMA public TO "App-test_\d+";$/,
    ],
    [
      'in an adopted one',
      adopted,
      /GRANT SELECT, .* ON public\.sync_history .*CREATE UNIQUE INDEX ON public\.portfolio_items/,
    ],
    [
      'in one that its owner has synced',
      asOwner,
      /^GRANT USAGE ON SCHEMA exchange_sync .*ON ALL TABLES IN SCHEMA exchange_sync .*USAGE ON SEQUENCE public\.portfolio_items_id_seq/,
    ],
  ])('%s', async (_title, prepare, statements) => {
    await prepare();
    const refused = await stage.run(['sync', ...SINCE]);
    expect(refused.code).toBe(78);
    expect(await runPrintedStatements(refused.stderr)).toMatch(statements);
    expect(await stage.run(['sync', ...SINCE])).toMatchObject({ code: 0, stderr: QUIET });
  });

  // One of them was taken away later.
  fault(16, async () => {
    await asOwner();
    await runPrintedStatements((await stage.run(['sync'])).stderr);
    await sql`revoke delete on portfolio_items from ${sql(stranger.user)}`;
    const { code, stderr } = await stage.run(['sync']);
    expect(code).toBe(78);
    expect(await runPrintedStatements(stderr)).toMatch(
      /^GRANT [A-Z, ]+ ON public\.portfolio_items TO [^;]+;$/,
    );
    expect((await stage.run(['sync'])).code).toBe(0);
  });
});

describe('a database with too many connections', () => {
  /** Until the server lets nobody in; resolves with what gives them all back. */
  async function takeEveryConnection(): Promise<() => Promise<void>> {
    const taken = postgres(urlOf(owner), { max: MAX_CONNECTIONS, onnotice: () => undefined });
    await Promise.all(Array.from({ length: MAX_CONNECTIONS - 1 }, () => taken`select pg_sleep(0.5)`));
    return () => taken.end();
  }

  fault(21, async () => {
    const free = await takeEveryConnection();
    const startedAt = Date.now();
    const result = await stage.run(['sync']);
    await free();
    const said = /sorry, too many clients already.*max_connections or the limit of the role/s;
    expect(result).toMatchObject({ code: 74, stderr: expect.stringMatching(said) as unknown });
    expect(Date.now() - startedAt).toBeGreaterThan(2_800);
  });

  test('for its role is told the limit of the role', async () => {
    await sql`alter role ${sql(stranger.user)} connection limit 0`;
    const { code, stderr } = await stage.run(['sync']);
    expect(code).toBe(74);
    expect(stderr).toMatch(/too many connections for role.*max_connections or the limit of the role/s);
  });

  test('that has room again meanwhile is synced', async () => {
    await sql`grant create on database ${sql(owner.database)} to ${sql(stranger.user)}`;
    await sql`grant create on schema public to ${sql(stranger.user)}`;
    await sql`alter role ${sql(stranger.user)} connection limit 0`;
    const running = stage.start(['sync', ...SINCE]);
    await new Promise((resolve) => setTimeout(resolve, 700));
    await sql`alter role ${sql(stranger.user)} connection limit 5`;
    expect((await running.ended).code).toBe(0);
  });
});
