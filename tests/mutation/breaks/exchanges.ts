import { edit, type Mutant, mutant } from '../mutant.js';

const RETRY = 'client/retry.ts';
const TRANSPORT = 'client/transport.ts';

/** A failed run leaves no row. */
export const FAILED_RUN_UNTOLD = edit(
  'service/sync-accounts.ts',
  '    if (!context.dryRun) await recordFailure(',
  '    if (context.dryRun) await recordFailure(',
);

/** A wallet that cannot be read counts as empty. */
export const LAST_VALUE_LOST = edit(
  'service/read-holdings.ts',
  'return stored.walletBalances.find((last) => last.wallet === wallet.wallet)?.balances ?? [];',
  'return [];',
);

/** Exchanges that limit, ban, fail, or answer what is none. */
export const EXCHANGES: readonly Mutant[] = [
  mutant(
    22,
    'waiting as long as the exchange asks',
    edit(RETRY, 'error.waitMs ?? jitter(attempt, options.random)', 'jitter(attempt, options.random)'),
  ),
  mutant(
    22,
    'giving up what would come after the deadline',
    edit(RETRY, ' || again + MARGIN_MS >= options.deadline) throw error;', ') throw error;'),
  ),
  mutant(
    23,
    'keeping away while a ban lasts',
    edit('client/bans.ts', '      if (end !== undefined) throw banned(title, end, now());\n', ''),
  ),
  mutant(
    23,
    'later runs knowing of a ban',
    edit('service/account-session.ts', '      await storeCache(context, hostOf(account), hostCache);\n', ''),
  ),
  mutant(
    23,
    'an end of the ban',
    edit('client/bans.ts', 'return until > now &&', 'return until > 0 &&'),
    edit(
      'service/cache.ts',
      'return entry && entry.expiresAt > now ? entry.value : undefined;',
      'return entry?.value;',
    ),
  ),
  mutant(25, 'a second try', edit(RETRY, 'const TRIES = 5;', 'const TRIES = 1;')),
  mutant(25, 'waits that are random', edit(RETRY, '  random() * Math.min(', '  0 * random() + Math.min(')),
  mutant(
    26,
    'an answer that is no JSON being refused',
    edit(TRANSPORT, '  if (answer === undefined) {', '  if (answer === undefined && status !== 200) {'),
  ),
  mutant(
    26,
    'the shape that an answer must have',
    edit(
      'client/bybit/errors.ts',
      "  if (typeof retCode !== 'string'",
      "  if (retCode === undefined) return undefined;\n  if (typeof retCode !== 'string'",
    ),
    edit(
      'client/answer-parts.ts',
      '  if (Array.isArray(value)) return value;\n',
      '  return Array.isArray(value) ? value : [];\n',
    ),
  ),
  mutant(
    27,
    'a time limit for an answer',
    edit(TRANSPORT, 'const TIME_LIMIT_MS = 30_000;', 'const TIME_LIMIT_MS = 3_000_000;'),
  ),
  mutant(
    27,
    'a size limit for an answer',
    edit(TRANSPORT, '    if (size > maxBytes) throw', '    if (size > maxBytes * 1_000) throw'),
  ),
  mutant(
    28,
    "words for the network's codes",
    edit(
      'client/network-failures.ts',
      'const message = words === undefined ? reason : `${words} (${reason})`;',
      'const message = reason;',
    ),
  ),
  mutant(
    29,
    "a try by the exchange's time",
    edit(RETRY, "if (verdict === 'clock' && !resynced)", "if (verdict === 'clock' && resynced)"),
  ),
  mutant(
    29,
    'an end of those tries',
    edit(RETRY, "if (verdict === 'clock' && !resynced)", "if (verdict === 'clock')"),
  ),
  mutant(
    29,
    'the offset',
    edit('client/failures.ts', "though ${offset} ms were added to this machine's clock", 'whatever is added'),
  ),
  mutant(
    31,
    'a failure staying with its account',
    edit(
      'service/sync-accounts.ts',
      "    return { account: account.id, outcome: 'failed', milliseconds, ...failure, ...asked };",
      '    throw error;',
    ),
  ),
  mutant(31, 'a row for the run that failed', FAILED_RUN_UNTOLD),
  mutant(49, 'the last good value of a wallet', LAST_VALUE_LOST),
  mutant(
    49,
    'what a wallet held being kept for the run after',
    edit('repository/wallets.ts', ' where read_at is not null)', ')'),
  ),
  mutant(
    49,
    'the age of what is kept',
    edit('repository/wallets.ts', 'readAt: kept(optional(localTime))', 'readAt: optional(localTime)'),
  ),
];
