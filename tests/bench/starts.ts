import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '../simulator/simulator.js';
import type { TestServer } from '../support/postgres.js';
import { nodeOf } from '../support/runtimes.js';
import { urlOf } from '../support/urls.js';
import { KEY, measure, medianStarts, PROGRAM, SECRET } from './measure.js';
import { say, verdict } from './verdict.js';

const DAY_MS = 86_400_000;
/** How many times longer than `node -e 0` a start may take; Node 20 has no compile cache. */
const LIMITS = [
  { major: 24, help: 1.7, show: 3.5 },
  { major: 20, help: 2.2, show: 4.5 },
] as const;

interface Starts {
  readonly help: number;
  readonly show: number;
}

/** How many times longer than `node -e 0` the commands take to start, for each major version of Node. */
export async function measureStarts(server: TestServer): Promise<ReadonlyMap<number, Starts>> {
  const simulator = await startSimulator();
  const home = mkdtempSync(join(tmpdir(), 'exchange-sync-bench-'));
  const env = {
    HOME: home,
    BYBIT_API_KEY: KEY,
    BYBIT_API_SECRET: SECRET,
    BYBIT_BASE_URL: simulator.url,
    DATABASE_URL: urlOf(await server.createDatabase()),
  };
  simulator.world.addAccount(KEY, SECRET).deposit('BTC', '1', { time: Date.now() - 3_600_000 });
  await measure([PROGRAM, 'sync', '--since', new Date(Date.now() - DAY_MS).toISOString().slice(0, 10)], env);
  await simulator.stop();
  const ratios = new Map<number, Starts>();
  for (const { major } of LIMITS) ratios.set(major, await ratiosOf(major, env));
  rmSync(home, { recursive: true, force: true });
  return ratios;
}

async function ratiosOf(major: number, env: Readonly<Record<string, string>>): Promise<Starts> {
  const node = nodeOf(major);
  const [empty = NaN, help = NaN, show = NaN] = await medianStarts([
    { node, args: ['-e', '0'], env },
    { node, args: [PROGRAM, '--help'], env },
    { node, args: [PROGRAM, 'show'], env },
  ]);
  const times = Object.entries({ 'node -e 0': empty, '--help': help, show });
  say(
    `Node ${major}: ${times.map(([name, ms]) => `${name} ${ms.toFixed(0)} ms`).join(', ')} (medians of 15)`,
  );
  return { help: help / empty, show: show / empty };
}

export function judgeStarts(ratios: ReadonlyMap<number, Starts>): void {
  for (const { major, ...limits } of LIMITS) {
    const found = ratios.get(major) ?? { help: NaN, show: NaN };
    judgeStart(`Node ${major}: --help`, found.help, limits.help);
    judgeStart(`Node ${major}: show`, found.show, limits.show);
  }
}

const judgeStart = (name: string, ratio: number, limit: number): void => {
  verdict(ratio <= limit, `${name}: ${ratio.toFixed(2)} times node -e 0 (at most ${limit})`);
};
