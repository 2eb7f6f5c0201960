import { describe, expect, test } from '@jest/globals';
import { ESLint, Linter } from 'eslint';

const RULE = 'no-restricted-syntax';
const linter = new Linter();
const project = new ESLint({ overrideConfigFile: 'eslint.config.js' });

/** What the project's own rule for this file finds in a line; the line is in no file, so without its types. */
async function found(line: string, file: string): Promise<readonly string[]> {
  const config = (await project.calculateConfigForFile(file)) as { rules: Record<string, Linter.RuleEntry> };
  const messages = linter.verify(line, { rules: { [RULE]: config.rules[RULE] ?? 'off' } });
  return [
    ...new Set(messages.map(({ ruleId, message }) => (ruleId === RULE ? message : `broken: ${message}`))),
  ];
}

describe('the linter refuses SQL that is put together from text', () => {
  test.each([
    "sql.unsafe('select ' + name);",
    'await sql.unsafe(text);',
    "sql.file('query.sql');",
    'sql(`select * from ${table}`);',
    "sql('select * from ' + table);",
    "transaction('drop table x');",
    'const text = `select * from t where id = ${id}`;',
    'run(`\n  delete from t where id = ${id}`);',
    "const text = 'insert into t values (' + value + ')';",
  ])('%s', async (line) => {
    expect(await found(line, 'src/repository/leases.ts')).toEqual([
      'SQL is written in tagged templates, which keep values out of it.',
    ]);
  });

  test.each([
    'sql`select * from t where id = ${id}`;',
    'sql`select * from t where id in ${sql(ids)}`;',
    'const text = `Select a file, then ${step}`;',
  ])('and takes %s', async (line) => {
    expect(await found(line, 'src/repository/leases.ts')).toEqual([]);
  });
});

describe('the linter keeps the network behind its doors', () => {
  test.each([
    ['fetch(address);', 'src/client/request.ts'],
    ["import { request } from 'node:https';", 'src/client/bybit/traits.ts'],
    ["import { connect } from 'net';", 'src/service/sync-account.ts'],
    ["import('node:child_process');", 'src/cli/main.ts'],
    ['new WebSocket(address);', 'src/client/prices.ts'],
  ])('%s in %s', async (line, file) => {
    expect(await found(line, file)).toEqual([expect.stringContaining('reach the network')]);
  });

  test.each([
    ['fetch(address);', 'src/client/transport.ts'],
    ['fetch(address);', 'src/monitoring/ping.ts'],
    ["import { connect } from 'node:net';", 'src/database/socket.ts'],
  ])('and takes %s in %s', async (line, file) => {
    expect(await found(line, file)).toEqual([]);
  });
});
