/** What failed, why, and the fix. */
export type Explanation = readonly ['database' | 'config' | 'guard', string, string];

/** SQLSTATE codes by the names of PostgreSQL's manual, appendix A. */
const DAMAGE = {
  ioError: '58030',
  undefinedFile: '58P01',
  dataCorrupted: 'XX001',
  indexCorrupted: 'XX002',
} as const;

/**
 * What a statement of ours ends with only where somebody else has changed a table: a table, column, key or
 * function that is gone (42704 is the type of rows of such a table), a type that is another, a rule or trigger of theirs, what is there already.
 */
const UNFIT: ReadonlySet<string> = new Set([
  ...['42P01', '42704', '42703', '42P10', '42883', '42804', '22P02', '42P07', '42710'],
  ...['23502', '23503', '23505', 'P0001'],
]);

/** Pages or indexes make no sense, or files cannot be read. */
export const isDamage = (code: string): boolean => Object.values(DAMAGE).some((known) => known === code);

/** Codes of postgres.js, of our sockets and of the system; without an entry, the message of the error is used. */
const LOST: Readonly<Record<string, string | undefined>> = {
  CONNECTION_CLOSED: 'the server closed it',
  CONNECTION_DESTROYED: 'it was closed by this program',
  CONNECTION_ENDED: 'it was closed by this program',
  CONNECTION_LOST: undefined,
  ECONNRESET: 'the server closed it',
  EPIPE: 'the server closed it',
};

const damaged = (place: string, message: string): Explanation => [
  'database',
  `the database ${place} cannot read its own files: ${message}`,
  'Check the server log and its disk; if files are damaged, restore the last backup. The next sync imports newer records.',
];

/** Tables that others changed; connection exceptions, operator intervention, resources, system errors: they pass, nothing was written. */
export function byClass(code: string, place: string, message: string): Explanation | undefined {
  if (isDamage(code)) return damaged(place, message);
  if (UNFIT.has(code)) {
    return [
      'config',
      `database ${place} has an incompatible schema: ${message}`,
      'Another program changed a table there. Undo that, or restore a backup; nothing was stored. Otherwise report it with the log.',
    ];
  }
  if (!(code in LOST) && !/^(08|53|57|58)/.test(code)) return undefined;
  return [
    'database',
    `the connection to the database ${place} was lost: ${LOST[code] ?? message}`,
    'Nothing was stored in part. The next run tries again; if it persists, check the server log.',
  ];
}
