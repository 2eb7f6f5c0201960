import { applyEvent } from '../../src/accounting/apply-event.js';
import { type AccountEvent, legOf } from '../../src/models/account-event.js';
import { Ledger } from '../../src/accounting/ledger.js';
import type { Method } from '../../src/accounting/lots.js';
import { beancountOf } from '../accounting/beancount.js';
import { FloatBooks, floatsOf } from './accounting-floats.js';
import { priceAt, TradeSource } from './accounting-trades.js';

const CHUNK = 10_000;

/** One measured run, alone in its process, so that its peak memory is its own: `SIDE COUNT`. */
const [side = '', countText = ''] = process.argv.slice(2);
const count = Number(countText);
const seconds =
  side === 'rustledger' ? runRustledger() : side === 'floats' ? runFloats() : runEngine(side as Method);
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ seconds, megabytes }));

function runEngine(method: Method): number {
  const settings = {
    reportingCurrency: 'USD',
    method,
    stablecoins: new Set(['USDT']),
    fiat: new Set(['USD']),
    depositCost: 'market',
    gapCost: 'exclude',
  } as const;
  const ledger = new Ledger(settings, priceAt);
  const time = inChunks((trades) => () => {
    for (const trade of trades) applyEvent(ledger, trade);
  });
  const lots = Math.max(...ledger.state().pools.map((pool) => pool.lots.length));
  if (ledger.missing.length + ledger.unvalued.length > 0) throw new Error('the history is not covered');
  if (lots > 20) throw new Error(`${lots} lots are open`);
  return time;
}

function runFloats(): number {
  const books = new FloatBooks();
  return inChunks((trades) => {
    const floats = trades.map(floatsOf);
    return () => {
      for (const trade of floats) books.apply(trade);
    };
  });
}

/** What is prepared of a chunk is not measured, only what is done with it. */
function inChunks(prepare: (trades: readonly AccountEvent[]) => () => void): number {
  const source = new TradeSource();
  let microseconds = 0;
  for (let done = 0; done < count; done += CHUNK) {
    const apply = prepare(source.take(Math.min(CHUNK, count - done)));
    microseconds += measured(apply);
  }
  return microseconds / 1e6;
}

/** One coin against cash, which is what both can book. */
function runRustledger(): number {
  const source = new TradeSource();
  const trades: AccountEvent[] = [];
  while (trades.length < count) {
    for (const event of source.take(CHUNK)) {
      if (event.market === 'ETH/USDT' && trades.length < count) trades.push(coveredTrade(event));
    }
  }
  const covered = trades.filter((trade, index) => isBuy(trade) || index > 0);
  return measured(() => beancountOf(covered, 'fifo')) / 1e6;
}

/** Processor time of all threads, garbage collection too: on a busy machine the clock measures the others. */
function measured(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function isBuy(trade: AccountEvent): boolean {
  return legOf(trade, 'base').amount.isPositive();
}

/** With its fee in cash only; a sale of half of what the history holds is covered whatever fees in kind took. */
function coveredTrade(trade: AccountEvent): AccountEvent {
  const legs = trade.legs.filter((leg) => leg.role !== 'fee' || leg.asset === 'USDT');
  const half = (leg: (typeof legs)[number]) =>
    leg.role === 'base' ? { ...leg, amount: leg.amount.times('0.5') } : leg;
  return { ...trade, legs: isBuy(trade) ? legs : legs.map(half) };
}
