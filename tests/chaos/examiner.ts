import type { Sql } from 'postgres';
import type { Database } from '../../src/database/with-database.js';
import { FIRST_DAY } from '../simulation/beginning.js';
import { endLeases } from '../simulation/campaign.js';
import type { Story } from '../simulation/story.js';
import type { Answers } from './answers.js';
import { type Balances, balancesNow } from './balances.js';
import type { HistoryDatabase } from './database.js';
import type { Evidence } from './evidence.js';
import { examine } from './invariants/all.js';
import { events, owedBy } from './invariants/events.js';
import type { RoundPlan } from './plan.js';
import { fetchRecords, NOTHING, type Records } from './records.js';
import type { EndedRun } from './round.js';
import { type Told, toldNow } from './told.js';

/** Looks at what is stored after each round, and remembers what was before. */
export class Examiner {
  readonly #story: Story;
  readonly #database: HistoryDatabase;
  readonly #answers: Answers;
  #before: Records | undefined;
  #owed: Evidence['owed'] = new Map();
  #toldBefore: readonly Told[] = [];
  #balances: Balances = new Map();
  #leasesStay = false;

  constructor(story: Story, database: HistoryDatabase, answers: Answers) {
    this.#story = story;
    this.#database = database;
    this.#answers = answers;
  }

  /** Before the runs of a round. */
  begin(): void {
    this.#toldBefore = toldNow(this.#story);
    this.#balances = balancesNow(this.#story);
  }

  /** After them: what is wrong. */
  async end(runs: readonly EndedRun[], plan: RoundPlan<never>): Promise<string[]> {
    return await this.#database.look(async (database) => {
      const evidence = await this.#gather(database, runs, plan);
      this.#leasesStay = plan.leasesStay;
      this.#before = evidence.after;
      this.#owed = evidence.owed;
      const wrong = await examine(evidence);
      if (!plan.leasesStay) await database.run(endLeases);
      return wrong;
    });
  }

  /** At the very end, when all that was told must be stored. */
  async endOfAll(): Promise<string[]> {
    const { traders } = this.#story;
    const told = toldNow(this.#story);
    const owed = new Map([['all', told.filter(({ time, counts }) => counts && time >= FIRST_DAY)]]);
    const after = await this.#database.look(({ run }) => run(fetchRecords));
    return events({ accounts: traders.map(({ id }) => id), after, toldAfter: told, owed });
  }

  async #gather(
    database: Database,
    runs: readonly EndedRun[],
    { troubles }: RoundPlan<never>,
  ): Promise<Evidence> {
    const story = this.#story;
    const after = await database.run(fetchRecords);
    const before = this.#before ?? NOTHING;
    const evidence = {
      ...{ before, after, database, runs, answers: this.#answers },
      accounts: story.traders.map(({ id }) => id),
      toldBefore: this.#toldBefore,
      toldAfter: toldNow(story),
      balances: [this.#balances, balancesNow(story)],
      leasesLeft: this.#leasesStay && before.leases.length > 0,
      serverDisturbed: troubles.some(({ codes }) => codes.includes(DATABASE)),
      codes: troubles.flatMap(({ codes }) => codes),
      now: await database.run(fetchNow),
    };
    return { ...evidence, owed: owedBy(evidence, this.#owed, FIRST_DAY) };
  }
}

const DATABASE = 74;

async function fetchNow(sql: Sql): Promise<number> {
  const [row] = await sql<{ now: Date }[]>`select now() as now`;
  return row?.now.getTime() ?? NaN;
}
