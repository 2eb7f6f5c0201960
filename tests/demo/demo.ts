import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startSimulator } from '../simulator/simulator.js';
import { World } from '../simulator/world.js';
import { beforeTheFirstSync, DAYS_APART, daysPass, KEY, SECRET } from './story.js';

const PROGRAM = join(import.meta.dirname, '../../bin/exchange-sync.js');
const SHIFT_CLOCK = pathToFileURL(join(import.meta.dirname, '../support/shift-clock.js')).href;
const DAY_MS = 86_400_000;

/** The installed program against a simulated Bybit: sync, days pass, sync again, show, its history and check. */
async function demo(): Promise<number> {
  const world = new World();
  const shift = -DAYS_APART * DAY_MS;
  world.advance(shift);
  const simulator = await startSimulator({ world });
  const folder = mkdtempSync(join(tmpdir(), 'exchange-sync-demo-'));
  const run = (title: string, args: readonly string[], clockShift = 0) =>
    runProgram(title, args, { folder, url: simulator.url, clockShift });
  try {
    const account = beforeTheFirstSync(world);
    say('A simulated Bybit listens on this machine; the program cannot tell it from the real one.');
    let failed = await run(
      'The first sync reads two years of history:',
      ['sync', '--exchange', 'bybit', '-v'],
      shift,
    );
    world.advance(-shift);
    daysPass(world, account);
    say(`${DAYS_APART} days pass: trades, a deposit, a withdrawal, one coin sold out, prices moved.`);
    failed ||= await run('The next sync reads what is new:', ['sync', '--exchange', 'bybit', '-v']);
    failed ||= await run('What it is all worth:', ['show']);
    failed ||= await run('And what it was worth:', ['show', '--history', '7d']);
    const gap = ['--skip', 'snapshots'];
    failed ||= await run('And is all well, apart from the days without a sync?', ['check', ...gap]);
    return failed;
  } finally {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Place {
  readonly folder: string;
  readonly url: string;
  readonly clockShift: number;
}

function runProgram(title: string, args: readonly string[], place: Place): Promise<number> {
  say(`${title}\n\n  $ exchange-sync ${args.join(' ')}`);
  const shifted = place.clockShift
    ? { CLOCK_SHIFT_MS: String(place.clockShift), NODE_OPTIONS: `--import ${SHIFT_CLOCK}` }
    : {};
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: place.folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...terminal(),
      ...shifted,
      // Nothing of the user's own settings, which could name a database.
      HOME: place.folder,
      BYBIT_API_KEY: KEY,
      BYBIT_API_SECRET: SECRET,
      BYBIT_BASE_URL: place.url,
      EXCHANGE_SYNC_DATA_DIR: join(place.folder, 'data'),
    },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}

const terminal = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) =>
      ['PATH', 'TERM', 'COLUMNS', 'NO_COLOR', 'LANG'].includes(name),
    ),
  );

function say(text: string): void {
  process.stdout.write(`\n${text}\n\n`);
}

process.exitCode = await demo();
