import { execFileSync } from 'node:child_process';
import { needsPackage } from './needs.js';

/** Not FAKETIME_SHARED, which ends with the process that set it. */
const OF_A_PROCESS = ['LD_PRELOAD', 'FAKETIME'] as const;

/** The environment in which the system tells a process another time, such as `-60s` or `+1h`. */
export function fakedClock(offset: string): Readonly<Record<string, string>> {
  needsPackage('faketime', 'faketime', '--version');
  const print = `process.stdout.write(JSON.stringify(process.env))`;
  const told = execFileSync('faketime', ['-f', offset, process.execPath, '-e', print], { encoding: 'utf8' });
  const environment = JSON.parse(told) as Readonly<Record<string, string>>;
  return Object.fromEntries(OF_A_PROCESS.map((name) => [name, environment[name] ?? '']));
}
