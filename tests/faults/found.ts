import { type Row, row } from './row.js';

/** The area of the program, and a number there. */
export type FoundId = `${'A' | 'B' | 'C' | 'D' | 'E' | 'F'}${number}`;

/**
 * Faults that were found with real-world inputs. Each test failed on the program in which its fault was
 * found.
 */
export const FOUND: Readonly<Partial<Record<FoundId, Row>>> = {
  A1: row('built by one user, run by another, from a read-only folder', 'starts', '0'),
  A2: row('no HOME, no entry in the password file', 'works with EXCHANGE_SYNC_DATA_DIR', '0, 78'),
  A3: row(
    'commands outside of the checkout, as README prints them',
    'no registry is contacted; keys are in a file',
    '0',
  ),
  A4: row('Node 20.19, 22, 24 and 26 with PostgreSQL 15, 16, 17 and 18', 'sync, show and check work', '0'),
  B1: row('settings that another user wrote or may change', 'no path of them is followed', '78'),
  B2: row("another application's database is configured", 'nothing is written without --init', '78'),
  B3: row(
    'credentials of unsupported exchanges, misspelt names',
    'named; the other accounts are synced',
    '0, 3, 78',
  ),
  B4: row("words in capitals, AlphaPulse's variables", 'understood, or named with what replaces them', '0'),
  B5: row('a DATABASE_URL of any spelling', 'it works as in libpq, or is refused; no part is shown', '0, 78'),
  B6: row('a file setting that is a device, a pipe, a folder, huge', 'it is refused by name', '78'),
  B7: row("another account's key, or environment, under an old name", 'refused, nothing written', '78'),
  B8: row('a key that can trade', '`sync` warns once, `check` always', '0; `check` 1'),
  C1: row('the key is refused for one path', 'that path alone is missing, and named with the right', '3'),
  C2: row('demo accounts, to which most paths are refused', 'what they have is read', '0'),
  C3: row('the key of a sub-account', 'withdrawals are not requested', '0'),
  C6: row('a conversion in process for days; a deposit rolled back', 'read once it is final', '0'),
  C7: row('a trade of a pair that is not known', 'kept raw, reported; the account is stored', '3, then 0'),
  C8: row(
    'an answer of 60 MB for one account, or of millions of values',
    'refused before it takes memory',
    '3',
  ),
  C9: row(
    'a refusal of a wallet, stream or key that echoes key or secret',
    'masked in every form',
    '3, 69, 77',
  ),
  C11: row('a price of 1e999, a renamed or redenominated coin', 'no price; the change is named', '0'),
  C10: row('a secret that the exchange cannot be signed with', 'named, with the kind of key to make', '78'),
  C12: row('rewards of more than 30 days at Binance', 'periods of at most 30 days', '0'),
  D1: row(
    'a database with its own DateStyle, TimeZone or other text forms',
    'they are set at each connection',
    '0',
  ),
  D2: row('a database that is not UTF-8', 'refused before anything is written, by `check` too', '78'),
  D3: row('many accounts and a long history of runs', 'queries read rows by index alone', '0'),
  D4: row('an asset that never had a price', 'its last price is no search through all snapshots', '0'),
  D5: row('a full disk under the embedded database', 'the error names it; no file has to be moved', '74'),
  D6: row("this machine's clock is a day ahead", 'a commit is dated by the database', '0; `check` 2'),
  D7: row('others write runs to `sync_history`', 'own runs are in a table of their own', '`check` 2'),
  D8: row('a year of snapshots', 'one an hour is kept after 14 days, one a day after 90', '0'),
  D9: row('huge texts in the database, many coins', 'bounded; `check` and `show` have a deadline', '124'),
  E1: row(
    'derivatives, Earn, bots: products that are not read',
    '`sync`, `show`, `check` name them with value',
    '0',
  ),
  E3: row(
    'coins were held before the readable history, or left without a record',
    'an opening entry; a difference warns for a day, and can be accepted',
    '0',
  ),
  E4: row('balances that no record explains', '`show` and `sync -v` name them', '0'),
  E7: row('everything is moved into a product that is not read', 'stored, with a note of its value', '0'),
  E8: row('an account that was never synced, beside others', 'every view and format names it', '0'),
  E9: row('`show` of an asset or account without records', 'the available ones are listed', '66'),
  E10: row('a deposit between two snapshots', 'the gain excludes it, the value beside it has no colour', '0'),
  E11: row('more accounts than one run can sync', 'the stalest account comes first', '0 or 3'),
  E12: row('a thousand accounts', 'the memory of each is freed when it ends', '0'),
  E13: row('a marked P&L in a table over all accounts', 'the note of the mark says what it covers', '0'),
  E14: row("AlphaPulse's tables", 'what differs from AlphaPulse is documented', '0'),
  E15: row('a successful sync', 'the log has a line for each account and one for the run', '0'),
  E16: row('`check` on a terminal', 'findings first, a line per healthy account; perfdata is bounded', '1'),
  E17: row('figures of 50 digits', 'CSV and views are rounded for people, `--exact` and JSON are not', '0'),
  E18: row(
    'long values on 40 columns',
    'no number is broken, the quantity stays, what is dropped is named',
    '0',
  ),
  F1: row('a coin without a direct market at that time', 'priced over BTC at that minute', '0'),
  F2: row('income from before its market opened', 'unknown cost and no profit, never a cost of zero', '0'),
  F3: row('a coin listed after the last reading of markets', 'its price and purchase are read at once', '0'),
  F4: row('an account is renamed in the configuration', 'recognised by its id; a command renames it', '78'),
  F5: row(
    'a setting with line breaks or quotes around it, a relative path',
    'trimmed; refused by name',
    '0, 78',
  ),
  F6: row(
    'a certificate authority or proxy of a private network',
    'named with its setting, not retried',
    '3, 69',
  ),
  F7: row('a testnet that was reset: trade ids restart', 'new trades are found by time', '0'),
  F8: row('different coins under one ticker', 'in `--group asset` a row for each, with a note', '0'),
  F9: row(
    'row-level security hides rows',
    'named, with the policy that admits them; nothing is written',
    '78',
  ),
  F10: row('crontab.example under the crond of BusyBox', 'its lines run, by absolute paths', '0'),
};
