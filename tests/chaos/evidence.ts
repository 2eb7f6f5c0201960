import type { Database } from '../../src/database/with-database.js';
import type { Answers } from './answers.js';
import type { Balances } from './balances.js';
import type { Records } from './records.js';
import type { EndedRun } from './round.js';
import type { Told } from './told.js';

/** All that is known of one round: what the database held before and holds now, and what the exchanges know. */
export interface Evidence {
  readonly accounts: readonly string[];
  readonly before: Records;
  readonly after: Records;
  /** To read more of it. */
  readonly database: Database;
  readonly runs: readonly EndedRun[];
  readonly answers: Answers;
  /** What the exchanges told when the round began. */
  readonly toldBefore: readonly Told[];
  readonly toldAfter: readonly Told[];
  /** What was in the wallets when it began, and when it ended. */
  readonly balances: readonly Balances[];
  /** Of each stream, by `account stream`: what a cursor that stands says has been read. */
  readonly owed: Map<string, readonly Told[]>;
  /** A lease was left by an earlier round. */
  readonly leasesLeft: boolean;
  /** The server was disturbed: what a run could not write it cannot be blamed for. */
  readonly serverDisturbed: boolean;
  /** Exit codes that what befell all runs allows. */
  readonly codes: readonly (number | null)[];
  /** By the database's clock, ms. */
  readonly now: number;
}

/** Says what is wrong, row by row; nothing where all is well. */
export type Invariant = (evidence: Evidence) => readonly string[] | Promise<readonly string[]>;
