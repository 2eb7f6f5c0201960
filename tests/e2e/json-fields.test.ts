import { expect, test } from '@jest/globals';
import { onServer } from '../support/on-server.js';
import { readmeBlocks } from '../support/readme.js';
import { fill, SINCE, type Stage } from '../support/stage.js';

/** Of each output the words of its block that could be the name of a field. */
const DOCUMENTED = readmeBlocks('src/render/README.md', 'JSON contract', 'text').map(
  (block) => new Set(block.split(/[\s.,[\]]+/).filter((word) => /^[a-z]\w*$/i.test(word))),
);

/** The names of all fields, but for those of `performance`, which are the checks' own. */
function fieldsOf(value: unknown, names = new Set<string>()): ReadonlySet<string> {
  if (value === null || typeof value !== 'object') return names;
  for (const [name, part] of Object.entries(value)) {
    if (!Array.isArray(value)) names.add(name);
    if (name !== 'performance') fieldsOf(part, names);
  }
  return names;
}

let stage: Stage;

/** One account in step, with a coin of unknown cost and one without a price; another with a wrong key. */
onServer('all', async ({ stage: opened }) => {
  stage = opened;
  const { world } = stage.simulator;
  fill(stage.account, world.now());
  stage.account.deposit('ODD', '5', { time: world.now() - 3_600_000 });
  stage.account.withdraw('ODD', '7', { time: world.now() - 1_800_000 });
  expect((await stage.run(['sync', ...SINCE])).code).toBe(0);
});

const env = () => ({
  BYBIT_SUB1_API_KEY: 'wrongKey',
  BYBIT_SUB1_API_SECRET: 'wrongSecret',
  BYBIT_SUB1_BASE_URL: stage.simulator.url,
});

test.each(
  [
    [['sync', ...SINCE, '--json'], 'exitCode'],
    [['show', '--format', 'json'], 'holdings'],
    [['show', '--format', 'json', '--history', '1d'], 'absentAccounts'],
    [['show', '--format', 'json', '--bridge', '1d'], 'notCounted'],
    [['show', '--format', 'json', '--period', '7d'], 'unmatchedProceeds'],
    [['show', '--format', 'json', '--trades', 'BTC'], 'lastOfEvent'],
    [['check', '--format', 'json', '--offline'], 'checks'],
  ].map(([args, own], at) => [args, own, DOCUMENTED[at]] as const),
)('every field of %j is in src/render/README.md', async (args, own, documented) => {
  const { stdout } = await stage.run(args as readonly string[], { env: env() });
  const fields = [...fieldsOf(JSON.parse(stdout))];
  expect(fields).toContain(own);
  expect(fields.filter((field) => !documented?.has(field))).toEqual([]);
});
