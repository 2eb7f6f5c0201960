import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPORT_PEAK_MEMORY } from '../support/peak-memory.js';

export const PROGRAM = join(import.meta.dirname, '../../bin/exchange-sync.js');
/** Of the simulated account. */
export const KEY = 'benchKey0000000000';
export const SECRET = 'benchSecret0000000000';

export interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
}

/** Wall time and peak memory of a Node child; throws where it does not end with 0. */
export async function measure(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'exchange-sync-bench-'));
  const [file, preload] = [join(folder, 'memory'), join(folder, 'report-memory.cjs')];
  writeFileSync(preload, REPORT_PEAK_MEMORY);
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--require', preload, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, PEAK_MEMORY_FILE: file, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const seconds = (performance.now() - startedAt) / 1000;
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}`);
  const megabytes = Number(readFileSync(file, 'utf8')) / 1024;
  rmSync(folder, { recursive: true, force: true });
  return { seconds, megabytes };
}

export interface Start {
  /** The Node that runs it. */
  readonly node: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Median wall times in ms without any preload; the programs take turns, so that a busy moment hits all. The
 * first run of each is not counted: it fills Node's compile cache.
 */
export async function medianStarts(starts: readonly Start[], runs = 15): Promise<readonly number[]> {
  for (const start of starts) await timeOf(start);
  const times: number[][] = starts.map(() => []);
  for (let run = 0; run < runs; run += 1) {
    for (const [at, start] of starts.entries()) times[at]?.push(await timeOf(start));
  }
  return times.map(medianOf);
}

async function timeOf({ node, args, env = {} }: Start): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(node, args, {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: 'ignore',
  });
  await new Promise((resolve) => child.once('close', resolve));
  return performance.now() - startedAt;
}

export const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
