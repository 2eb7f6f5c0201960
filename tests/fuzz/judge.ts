import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tells } from '../chaos/answers.js';
import { books } from '../chaos/invariants/books.js';
import { wholeAccounts } from '../chaos/invariants/whole-accounts.js';
import { fetchRecords, type Records } from '../chaos/records.js';
import { toldNow } from '../chaos/told.js';
import { storedWords } from '../chaos/words.js';
import { FIRST_DAY } from '../simulation/beginning.js';
import { compareTruth } from '../simulation/truth.js';
import type { CliResult } from '../support/cli.js';
import { STEERING } from '../support/steering.js';
import { unsentFigures } from './figures.js';
import type { Told } from './lie.js';
import { rowsNotIn, type RawRow } from './raw.js';
import type { Where } from './play.js';

/** In step, in part, refused, no usable answer, and what an answer can say of a key. */
const ENDS: ReadonlySet<number | null> = new Set([0, 3, 65, 69, 77]);
/** Of the run, or below the line of the account that it is of. */
const REASON = /^(Error: | {2}(?!Fix:|Exit code)).*\w{3}/m;
const BUG = /a bug in exchange-sync|^\s+at .+:\d+:\d+\)?$|\[object /m;
const VIEWS = [
  'show',
  'show --format csv',
  'show --format html',
  'show --format markdown',
  'check --offline',
];

/** What a lied-to run must not be, whatever it was told. */
export function wrongWithEnd({ code, stdout, stderr }: CliResult, dataDirectory: string): string[] {
  const said = stdout + stderr;
  const log = join(dataDirectory, 'exchange_sync.log');
  const logged = existsSync(log) ? readFileSync(log, 'utf8') : '';
  return [
    ...(ENDS.has(code) ? [] : [`the run ended with ${String(code)}`]),
    ...(code === 0 || REASON.test(stderr) ? [] : ['it does not say why']),
    ...(BUG.test(said) ? ['it speaks of a bug'] : []),
    ...(STEERING.test(said) ? ['it lets a sign through that steers a terminal'] : []),
    ...(STEERING.test(logged) ? ['its log has such a sign'] : []),
  ].map((wrong) => `${wrong}:\n${said}`);
}

/** What the lied-to run stored: nothing in part, no figure of its own, and books that follow. */
export async function wrongAfterLie(where: Where, before: Records): Promise<string[]> {
  const { database, account, sent } = where;
  const after = await database.run(fetchRecords);
  return [
    ...wholeAccounts({ accounts: [account], before, after }),
    ...unsentFigures(sent, after),
    ...(await books({ accounts: [account], after, database })),
    ...(await wrongWithView(where)),
  ];
}

/** One of the views, in turns. */
async function wrongWithView({ program, seed }: Where): Promise<string[]> {
  const view = VIEWS[seed % VIEWS.length] ?? 'show';
  const { code, stdout, stderr } = await program.run(view.split(' '));
  const said = stdout + stderr;
  const ends = view.startsWith('check') ? [0, 1, 2, 3] : [0, 66];
  return [
    ...(ends.includes(code ?? NaN) ? [] : [`${view} ended with ${String(code)}`]),
    ...(BUG.test(said) ? [`${view} speaks of a bug`] : []),
    ...(STEERING.test(said) ? [`${view} lets a sign through that steers a terminal`] : []),
    ...(view.endsWith('csv') && /(^|,)"?\s*[=@]/m.test(stdout) ? [`${view} has a formula`] : []),
    ...(view.endsWith('html') && /<(script|img)[ >]/i.test(stdout) ? [`${view} has markup`] : []),
  ].map((wrong) => `${wrong}:\n${said}`);
}

/** Once the exchange tells the truth again it is stored, but for what a lie said of the past. */
export async function wrongAfterTruth(where: Where, path: string, told: readonly Told[]): Promise<string[]> {
  const { story, database, account, sent } = where;
  const after = await database.run(fetchRecords);
  const rows = await database.run(
    (sql) => sql<RawRow[]>`
    select raw, trade_id as id from exchange_sync.trades
    union all select raw, transfer_id from exchange_sync.transfers
    union all select raw, income_id from exchange_sync.incomes`,
  );
  const untrue = rowsNotIn(rows, [...sent.truths(told)]);
  const missing = missingOf(where, storedWords(after, account));
  const isMarkets = /exchangeInfo|instruments-info/.test(path);
  const isPrices = /ticker|kline/.test(path);
  const believed = told.length > 0 && (untrue.length > 0 || missing.length > 0 || isMarkets);
  const excused = believed ? /^(fees|books) / : told.length > 0 && isPrices ? /^books / : /^$/;
  const lies = told.map(({ lie }) => lie);
  return [
    ...rowsNotIn(untrue, lies).map((row) => `neither true nor told: ${JSON.stringify(row)}`),
    ...missing
      .filter(({ stream }) => !isMarkets && !tells(path, stream))
      .map((one) => `told and not stored: ${JSON.stringify(one)}`),
    ...(await database.run((sql) => compareTruth(story, sql))).filter((wrong) => !excused.test(wrong)),
    ...wholeAccounts({ accounts: [account], before: after, after }),
    ...unsentFigures(sent, after),
    ...(await books({ accounts: [account], after, database })),
  ];
}

function missingOf({ story }: Where, stored: readonly string[]) {
  const left = new Map<string, number>();
  for (const words of stored) left.set(words, (left.get(words) ?? 0) + 1);
  return toldNow(story).filter(({ words, counts, time }) => {
    if (!counts || time < FIRST_DAY) return false;
    const count = left.get(words) ?? 0;
    left.set(words, count - 1);
    return count <= 0;
  });
}
