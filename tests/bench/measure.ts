import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
}

const PRELOAD = pathToFileURL(join(import.meta.dirname, 'report-memory.js')).href;

/** Wall time and peak memory of a Node child; throws where it does not end with 0. */
export async function measure(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'exchange-sync-bench-'));
  const file = join(folder, 'memory');
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--import', PRELOAD, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, BENCH_MEMORY_FILE: file, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const seconds = (performance.now() - startedAt) / 1000;
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}`);
  const megabytes = Number(readFileSync(file, 'utf8')) / 1024;
  rmSync(folder, { recursive: true, force: true });
  return { seconds, megabytes };
}

/** Median wall time in ms of several runs without any preload. */
export async function medianStart(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  runs = 9,
): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const startedAt = performance.now();
    const child = spawn(process.execPath, args, {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: 'ignore',
    });
    await new Promise((resolve) => child.once('close', resolve));
    times.push(performance.now() - startedAt);
  }
  return medianOf(times);
}

export const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
