import { createExchangeClient } from '../../src/client/create-client.js';
import type { ClientCache, ExchangeClient, HistoryPage } from '../../src/client/exchange-client.js';
import type { Account } from '../../src/models/account.js';
import type { AccountEvent } from '../../src/models/account-event.js';
import type { Cursor, Stream } from '../../src/models/events.js';
import type { SimulatedAccount } from '../simulator/account.js';
import { type Simulator, type SimulatorOptions, startSimulator } from '../simulator/simulator.js';
import { KEY, SECRET } from './stage.js';

/** A simulated exchange with one account, and a client of it in this process. */
export interface ClientStage {
  readonly simulator: Simulator;
  readonly account: SimulatedAccount;
  readonly client: ExchangeClient;
  /** Everything that the client has said. */
  readonly said: string[];
  /** What the client keeps between runs, with how long. */
  readonly kept: Map<string, unknown>;
  readonly keptFor: Map<string, number>;
  /** The client of a later run, which knows what was kept. */
  readonly reopen: () => Promise<ExchangeClient>;
  /** How many requests came for a path. */
  readonly asked: (path: string) => number;
  readonly end: () => Promise<void>;
}

export interface ClientOptions {
  readonly deadlineMs?: number;
  readonly account?: Partial<Account>;
  readonly simulator?: SimulatorOptions;
}

export const openBinance = (options: ClientOptions = {}): Promise<ClientStage> =>
  openClient({ ...options, account: { id: 'binance', exchange: 'binance', ...options.account } });

export async function openClient(options: ClientOptions = {}): Promise<ClientStage> {
  const simulator = await startSimulator(options.simulator);
  const account = simulator.world.addAccount(KEY, SECRET);
  const said: string[] = [];
  const kept = new Map<string, unknown>();
  const keptFor = new Map<string, number>();
  const open = () => {
    // Of a run of its own.
    const added = new Set<string>();
    const cache: ClientCache = {
      get: (kind) => kept.get(kind),
      set: (kind, value, timeToLiveMs) => {
        added.add(kind);
        kept.set(kind, value);
        keptFor.set(kind, timeToLiveMs);
      },
      last: (kind) => kept.get(kind),
      isNew: (kind) => added.has(kind),
    };
    return createExchangeClient(
      {
        id: 'bybit',
        exchange: 'bybit',
        credentials: { apiKey: KEY, secret: SECRET },
        environment: 'live',
        baseUrl: simulator.url,
        ...options.account,
      },
      {
        hostCache: cache,
        signal: new AbortController().signal,
        deadline: Date.now() + (options.deadlineMs ?? 600_000),
        log: (_level, message) => void said.push(message),
      },
    );
  };
  const client = await open();
  const asked = (path: string) => simulator.requests.filter((request) => request.path === path).length;
  return { simulator, account, client, said, kept, keptFor, reopen: open, asked, end: simulator.stop };
}

/** Every page of a stream from a time on, or from a cursor. */
export async function readPages(
  { client }: ClientStage,
  stream: Stream,
  from: number | Cursor,
): Promise<HistoryPage[]> {
  const cursor = typeof from === 'number' ? client.firstCursor(stream, from) : from;
  const pages: HistoryPage[] = [];
  for await (const page of client.readHistory(cursor)) pages.push(page);
  return pages;
}

export const eventsOf = (pages: readonly HistoryPage[]): AccountEvent[] =>
  pages.flatMap(({ events }) => events);

export const idsOf = (pages: readonly HistoryPage[]): string[] => eventsOf(pages).map(({ id }) => id);

/** `base 0.5 BTC`, a text for each leg. */
export const legTexts = (event: AccountEvent | undefined): string[] =>
  (event?.legs ?? []).map(({ role, amount, asset }) => `${role} ${amount.toString()} ${asset}`);

/** Where a stream stands after its pages. */
export function lastCursor(pages: readonly HistoryPage[]): Cursor {
  const cursor = pages.at(-1)?.cursor;
  if (!cursor) throw new Error('no page');
  return cursor;
}
