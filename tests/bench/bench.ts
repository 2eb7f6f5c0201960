import { benchAccounting } from './accounting.js';
import { benchAccounts } from './accounts.js';
import { benchHistory } from './history.js';
import { benchRuns } from './runs.js';
import { benchSync } from './sync.js';
import { say } from './verdict.js';

const BENCHES: Readonly<Record<string, () => void | Promise<void>>> = {
  sync: benchSync,
  accounting: benchAccounting,
  history: benchHistory,
  runs: benchRuns,
  accounts: benchAccounts,
};

/** `npm run bench`: all of them, or those that are named. */
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
for (const name of named.length > 0 ? named : Object.keys(BENCHES)) {
  const bench = BENCHES[name];
  if (!bench) throw new Error(`no benchmark is called ${name}`);
  say(`\n${name}`);
  await bench();
}
