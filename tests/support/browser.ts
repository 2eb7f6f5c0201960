import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

export const BROWSER = 'chromium-headless-shell';

type Answer = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Answer;
  readonly result?: Answer;
  readonly error?: { readonly message: string };
}

/** A tab: commands of the DevTools protocol, and every event that it told of. */
export interface Tab {
  readonly send: (method: string, params?: object) => Promise<Answer>;
  readonly events: readonly { readonly method: string; readonly params: Answer }[];
  /** The value of an expression in the page. */
  readonly evaluate: (expression: string) => Promise<unknown>;
}

/** A browser of its own, without a network, for as long as `work` runs. */
export async function withTab<T>(work: (tab: Tab) => Promise<T>): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'exchange-sync-browser-'));
  const child = launch(profile);
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  try {
    return await work(await openTab(child));
  } finally {
    // With the processes that it has started, each in the group of the first.
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** It reads its commands from file descriptor 3 and answers on 4. */
const launch = (profile: string): ChildProcess =>
  spawn(
    BROWSER,
    [
      ...['--remote-debugging-pipe', `--user-data-dir=${profile}`, '--disable-gpu', '--hide-scrollbars'],
      ...['--host-resolver-rules=MAP * ~NOTFOUND', '--no-first-run', '--disable-dev-shm-usage'],
      // Chromium's own sandbox refuses to be started by root, as in a container.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true },
  );

async function openTab(child: ChildProcess): Promise<Tab> {
  const events: { method: string; params: Answer }[] = [];
  const ask = protocol(child, ({ method = '', params = {} }) => events.push({ method, params }));
  const { targetId } = await ask('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await ask('Target.attachToTarget', { targetId, flatten: true });
  const send = (method: string, params: object = {}) => ask(method, params, sessionId as string);
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await send(`${domain}.enable`);
  const offline = { offline: true, latency: 0, downloadThroughput: 0, uploadThroughput: 0 };
  await send('Network.emulateNetworkConditions', offline);
  const evaluate = async (expression: string) => {
    const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, returnByValue: true });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { value?: unknown }).value;
  };
  return { send, events, evaluate };
}

/** Messages are JSON, each with a NUL behind it. */
function protocol(child: ChildProcess, hear: (event: Message) => void) {
  const [input, output] = [child.stdio[3] as Writable, child.stdio[4] as Readable];
  const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  let rest = '';
  output.setEncoding('utf8').on('data', (text: string) => {
    const messages = (rest + text).split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages.map((json) => JSON.parse(json) as Message)) {
      if (message.id === undefined) hear(message);
      else if (message.error) waiting.get(message.id)?.reject(new Error(message.error.message));
      else waiting.get(message.id)?.resolve(message.result ?? {});
    }
  });
  let last = 0;
  const giveUp = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
  };
  child.once('error', giveUp);
  child.once('close', () => {
    giveUp(new Error('the browser has ended'));
  });
  return (method: string, params: object, sessionId?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      input.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
    });
}
