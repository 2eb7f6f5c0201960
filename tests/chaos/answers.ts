import type { Story } from '../simulation/story.js';
import type { Heard } from '../simulator/simulator.js';

/** By how much a program's clock may be ahead and still be answered. */
const CLOCKS_APART_MS = 1_500;

interface Answered {
  readonly stream: (query: URLSearchParams) => string;
  /** How many rows there are; undefined where there are no pages: every answer is whole. */
  readonly rows?: (answer: Body) => number;
}

interface Body {
  readonly result?: { readonly list?: readonly unknown[]; readonly rows?: readonly unknown[] };
}

const named = (stream: string) => () => stream;

const listed = ({ result }: Body): number => (result?.list ?? result?.rows ?? []).length;

/** The paths that tell of the past. */
const ANSWERED: Readonly<Record<string, Answered>> = {
  '/v5/execution/list': { stream: named('trades'), rows: listed },
  '/v5/asset/deposit/query-record': { stream: named('deposits'), rows: listed },
  '/v5/asset/withdraw/query-record': { stream: named('withdrawals'), rows: listed },
  '/v5/asset/deposit/query-internal-record': { stream: named('deposits:internal'), rows: listed },
  '/v5/asset/exchange/query-convert-history': { stream: named('converts') },
  '/v5/asset/covert/small-balance-history': { stream: named('dust') },
  '/sapi/v1/capital/deposit/hisrec': { stream: named('deposits') },
  '/sapi/v1/capital/withdraw/history': { stream: named('withdrawals') },
  '/sapi/v1/asset/assetDividend': { stream: named('income') },
  '/sapi/v1/simple-earn/flexible/history/rewardsRecord': { stream: named('income:realtime') },
  '/sapi/v1/convert/tradeFlow': { stream: named('converts') },
  '/sapi/v1/asset/dribblet': { stream: named('dust') },
  '/api/v3/myTrades': { stream: (query) => `trades:${query.get('symbol') ?? ''}` },
};

/** Whether a path tells of a stream. */
export function tells(path: string, stream: string): boolean {
  const name = ANSWERED[path]?.stream(new URLSearchParams());
  return name === stream || (name === ALL_MARKETS && stream.startsWith(name));
}

const ALL_MARKETS = 'trades:';

/** How far an exchange has told of each stream to the end, by what it answered. */
export class Answers {
  readonly #story: Story;
  readonly #until = new Map<string, number>();

  constructor(story: Story) {
    this.#story = story;
  }

  hear({ path, query, headers, status, body }: Heard): void {
    const answered = ANSWERED[path];
    if (!answered || status !== 200) return;
    const asked = new URLSearchParams(query);
    const rows = answered.rows?.(JSON.parse(body) as Body) ?? 0;
    if (rows > 0 && rows >= whole(asked.get('limit'))) return;
    const key = headers['x-bapi-api-key'] ?? headers['x-mbx-apikey'];
    const trader = this.#story.traders.find(({ account }) => account.apiKey === key);
    const stream = `${trader?.id ?? ''} ${answered.stream(asked)}`;
    // Nothing is told of what is to come, whatever is asked for.
    const now = this.#story.world.now() + CLOCKS_APART_MS;
    const until = Math.min(whole(asked.get('endTime')), now);
    this.#until.set(stream, Math.max(until, this.#until.get(stream) ?? 0));
  }

  /** ms; undefined where nothing was told to its end. */
  until(account: string, stream: string): number | undefined {
    return this.#until.get(`${account} ${stream}`);
  }
}

const whole = (text: string | null): number => (text === null ? Infinity : Number.parseInt(text, 10));
