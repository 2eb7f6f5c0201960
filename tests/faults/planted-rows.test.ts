import { describe, expect, test } from '@jest/globals';
import type postgres from 'postgres';
import type { Stage } from '../support/stage.js';
import { fetchStored } from '../support/stored.js';
import { onSynced } from '../support/synced.js';

const CHECK_VIOLATION = '23514';

let stage: Stage;
let sql: postgres.Sql;

onSynced((opened) => {
  ({ stage, sql } = opened);
});

test('no column of ours takes what is no number', async () => {
  const columns = await sql<{ name: string; column: string; type: string }[]>`
    select c.attrelid::regclass::text as name, c.attname as column, c.atttypid::regtype::text as type
      from pg_attribute c join pg_class t on t.oid = c.attrelid join pg_type y on y.oid = c.atttypid
     where t.relnamespace = 'exchange_sync'::regnamespace and t.relkind = 'r' and c.attnum > 0
       and (y.typname = 'amount' or y.oid in ('numeric'::regtype, 'float8'::regtype, 'float4'::regtype))`;
  expect(columns.length).toBeGreaterThan(60);
  expect(new Set(columns.map(({ type }) => type))).toEqual(new Set(['exchange_sync.amount']));
  for (const { name, column } of columns) {
    for (const value of ['NaN', 'Infinity', '-Infinity']) {
      const planted = sql`update ${sql(name)} set ${sql(column)} = ${value}::text::numeric`;
      const [row] = await sql`select from ${sql(name)} limit 1`;
      const refused = expect.objectContaining({ code: CHECK_VIOLATION }) as unknown;
      expect({ name, column, value, end: await planted.catch((error: unknown) => error) }).toEqual({
        name,
        column,
        value,
        end: row ? refused : expect.anything(),
      });
    }
  }
});

describe('a database in which strangers change what this program wrote', () => {
  test.each([
    ['a checkpoint of another shape', "update exchange_sync.checkpoints set state = '{}'"],
    [
      'a checkpoint of no number',
      `update exchange_sync.checkpoints set state = '{"books":[{"balance":"NaN"}]}'`,
    ],
    [
      'a cost that travels and is none',
      "insert into exchange_sync.carried_costs values ('it''s', 'x', now(), '[]')",
    ],
  ])('%s is refused with the statements that let the next sync work it out', async (_title, statement) => {
    await sql.unsafe(statement);
    const before = await fetchStored(sql);
    const { code, stderr } = await stage.run(['sync']);
    expect(code).toBe(78);
    expect(await fetchStored(sql)).toEqual(before);
    const [, fix = ''] = /work it out anew:\s+(delete .*;)/.exec(stderr) ?? [];
    await sql.unsafe(fix);
    expect(await stage.run(['sync'])).toMatchObject({ code: 0, stderr: '' });
    expect((await stage.run(['check', '--only', 'books'])).stdout).toContain(
      'reproduces the stored positions',
    );
  });

  test.each([
    ['a cursor at the end of all time', "update exchange_sync.cursors set complete_until = 'infinity'"],
    ['a cursor in a year of five digits', "update exchange_sync.cursors set complete_until = '12026-01-01'"],
    ['a cursor of before 1970', "update exchange_sync.cursors set complete_until = '1026-01-01'"],
    ['a checkpoint of no time', "update exchange_sync.checkpoints set time = 'infinity'"],
  ])('%s is refused: nothing is passed over', async (_title, statement) => {
    await sql.unsafe(statement);
    const before = await fetchStored(sql);
    const { code, stderr } = await stage.run(['sync']);
    expect({ code, stderr }).toEqual({
      code: 78,
      stderr: expect.stringContaining('a time in it is infinite or outside of the years') as unknown,
    });
    expect(await fetchStored(sql)).toEqual(before);
  });

  test('answers that are kept in another shape count as not kept', async () => {
    const kinds = ['markets', 'key-rights', 'rates', 'open-questions', 'unpriceable-events'];
    const hosts = ['ban-until', 'clock-offset'];
    for (const value of [
      '1e300',
      '[]',
      '{}',
      'null',
      '"x"',
      '[1]',
      '{"BTC":["x",1]}',
      '{"EUR":{"price":"x"}}',
    ]) {
      await sql`
        insert into exchange_sync.exchange_cache
        select owner, kind, ${value}::text::jsonb, 'infinity'
          from unnest(${['bybit', `host: bybit ${new URL(stage.simulator.url).host}`]}::text[]) as owner,
               unnest(${[...kinds, ...hosts]}::text[]) as kind
        on conflict (account, kind) do update set value = excluded.value, expires_at = '2100-01-01'`;
      expect({ value, ...(await stage.run(['sync'])) }).toMatchObject({ value, code: 0, stderr: '' });
      const { stdout } = await stage.run(['check', '--skip', 'key']);
      expect({ value, isBug: stdout.includes('unexpected:') }).toEqual({ value, isBug: false });
    }
  }, 300_000);
});
