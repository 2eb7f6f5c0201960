import { expect } from '@jest/globals';
import type postgres from 'postgres';
import { KEY, SECRET, SINCE, type Stage } from '../support/stage.js';
import { onSynced, WALLETS } from '../support/synced.js';
import { fault } from './fault.js';

let stage: Stage;
let sql: postgres.Sql;

onSynced((opened) => {
  ({ stage, sql } = opened);
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const hex = (text: string): string => Buffer.from(text).toString('hex');
/** The characters of a base64 text that depend on the middle of it alone. */
const inner = (text: string): string => base64(text).slice(8, -8);
const urlEncoded = (text: string): string => hex(text).replace(/../g, '%$&');
const unicodeEscaped = (text: string): string =>
  Array.from(text)
    .map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

const ECHOES: readonly (readonly [form: string, echo: (secret: string) => string])[] = [
  ['plain', (secret) => secret],
  ['base64', (secret) => base64(`user:${secret}`)],
  ['hexadecimal', hex],
  ['URL-encoded', urlEncoded],
];
const FORMS = [KEY, SECRET].flatMap((secret) => [
  secret,
  inner(`user:${secret}`),
  hex(secret),
  urlEncoded(secret),
]);
const PATHS = [WALLETS.fund, '/v5/execution/list', '/v5/user/query-api'];

const refusal = (message: string): string =>
  `{"retCode":10005,"retMsg":"${message}","result":{},"retExtInfo":{},"time":1764000000000}`;

fault(
  'C9',
  async () => {
    const heard: string[] = [];
    const run = async (args: readonly string[]) => {
      const { code, stdout, stderr } = await stage.run(args);
      heard.push(stdout, stderr);
      return code;
    };
    for (const path of PATHS) {
      const words = ECHOES.flatMap(([form, echo]) =>
        [KEY, SECRET].map((secret) => `${form} ${echo(secret)}`),
      );
      const echoed = `denied: ${words.join(' ')} ${unicodeEscaped(SECRET)} ${'x'.repeat(9_000)}`;
      stage.simulator.faults.add({ kind: 'body', body: refusal(echoed), path, times: 99 });
    }
    // The rights of the key are asked every six hours.
    await sql`delete from exchange_sync.exchange_cache where kind = 'key-rights'`;
    expect(await run(['sync', '--json'])).not.toBe(0);
    stage.simulator.faults.clear();
    for (const path of PATHS.slice(0, 2)) {
      for (const [form, echo] of ECHOES) {
        const message = `${form}: ${echo(SECRET)} ${echo(KEY)}\\n  Fix: x\\u0007${'x'.repeat(9_000)}`;
        stage.simulator.faults.add({
          kind: 'body',
          body: refusal(message).replace('10005', '131400'),
          path,
          times: 99,
        });
        expect(await run(['sync', ...SINCE, '--verbose'])).not.toBe(0);
        stage.simulator.faults.clear();
      }
    }
    await run(['show']);
    await run(['show', '--format', 'json', '--privacy']);
    await run(['show', '--format', 'html', '--privacy']);
    await run(['check', '--offline']);
    const wallets = await sql<{ failure: string | null }[]>`select failure from exchange_sync.wallets`;
    const runs = await sql<{ error_message: string | null }[]>`select error_message from sync_history`;
    const stored = [...wallets.map(({ failure }) => failure), ...runs.map((row) => row.error_message)].join(
      '\n',
    );
    expect(stored).toContain('[redacted]');
    expect(heard.join('')).toContain('[redacted]');
    const all = [...heard, stored].join('\n');
    expect(FORMS.filter((form) => all.includes(form))).toEqual([]);
    // Control characters are taken out, and the message is cut.
    expect(all).not.toContain('\u0007');
    expect(all).not.toContain('x'.repeat(400));
    expect(stored).not.toMatch(/^ *Fix/m);
  },
  120_000,
);
